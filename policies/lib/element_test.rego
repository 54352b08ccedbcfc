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

test_of_kinds if {
	element.of_kinds(all, {"secret", "c2"}) == ["pin", "person-name"]
	not element.of_kinds([testing.secret("pin")], {"c2"})
}

test_no_elements_are_the_lowest_kind if {
	element.of_kinds([], {"c2", "c1"}) == []
	not element.of_kinds([], {"c2"})
	not element.of_kinds([testing.secret("pin")], {"c1"})
}

test_among if {
	element.among(all, ["imei", "pin", "gender"]) == ["pin", "imei"]
	not element.among(all, ["gender"])
	not element.among([], ["gender"])
}

test_outside if {
	element.outside(all, ["pin", "id-card-number", "imei"]) == [all[0], all[2], all[4]]
	element.outside(all, []) == all
	element.outside([], ["pin"]) == []
	not element.outside([testing.secret("pin")], ["pin"])
}
