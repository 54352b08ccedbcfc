package fiduciary.lib.element_test

import data.fiduciary.lib.element
import data.fiduciary.lib.testing

all := [
	testing.secret("api-key"),
	testing.secret("pin"),
	testing.claim("kyc-questionnaire", "C3", "personal"),
	testing.personal("id-card-number"),
	testing.personal("person-name"),
	testing.identifier("imei"),
]

test_kinds if {
	[kind | some claim in all; kind := element.kind(claim)] == ["key", "secret", "c3", "number", "c2", "c1"]
}

test_a_secret_of_a_low_class_is_a_secret if element.kind(testing.claim("pin", "C1", "secret")) == "secret"

test_a_listed_number_of_class_c3_is_c3 if element.kind(testing.claim("iban", "C3", "financial")) == "c3"

test_keys_are_a_parameter if {
	element.kind(testing.personal("person-name")) == "key" with data.params.elements.system as ["person-name"]
	element.kind(testing.secret("api-key")) == "secret" with data.params.elements.system as []
}

test_numbers_are_a_parameter if {
	element.kind(testing.personal("person-name")) == "number" with data.params.elements.numbers as ["person-name"]
}

many := testing.finding({"elements": all})

one := testing.finding({"elements": [testing.secret("pin")]})

none := testing.finding({"elements": []})

of_kinds(f, wanted) := ids if {
	ids := element.of_kinds(object.union(f, {"id": "a"}), wanted) with input as testing.batch({"a": f})
}

test_of_kinds if {
	of_kinds(many, {"secret", "c2"}) == ["pin", "person-name"]
	not of_kinds(one, {"c2"})
}

test_no_elements_are_the_lowest_kind if {
	of_kinds(none, {"c2", "c1"}) == []
	not of_kinds(none, {"c2"})
	not of_kinds(one, {"c1"})
}

test_each_finding_has_its_own_kinds if {
	kinds := element.kinds with input as testing.batch({"a": many, "b": one, "c": none})
	kinds == {"a": ["key", "secret", "c3", "number", "c2", "c1"], "b": ["secret"], "c": []}
}

test_among if {
	element.among(many, ["imei", "pin", "gender"]) == ["pin", "imei"]
	not element.among(many, ["gender"])
	not element.among(none, ["gender"])
}

test_except if {
	element.except(["pin", "imei"], ["pin"]) == ["imei"]
	element.except(["pin", "imei"], []) == ["pin", "imei"]
	element.except([], ["pin"]) == []
	not element.except(["pin"], ["imei", "pin"])
}
