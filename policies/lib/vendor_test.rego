package fiduciary.lib.vendor_test

import data.fiduciary.lib.testing
import data.fiduciary.lib.vendor

run := {"run": {"date": "2026-11-27"}, "findings": []}

name := testing.personal("person-name")

flow := object.union(testing.flow("third-party", [name]), {"sink": {"vendor": "acme"}})

good := {
	"name": "Acme", "owner": "marketing", "assessed": "2026-01-15", "expires": "2027-01-15",
	"country": "CN", "classes": ["C1", "C2"], "purposes": ["mail"],
}

register(changes) := {"vendors": {"acme": object.union(good, changes)}, "countries": ["SG"]}

test_an_unknown_vendor_has_no_entry if {
	not vendor.entry(flow) with data.register as {"vendors": {"other": good}, "countries": []}
	not vendor.entry(testing.base) with data.register as register({})
	vendor.entry(flow) == good with data.register as register({})
}

test_current if {
	want := {
		["2026-01-15", "2027-01-15"],
		["2026-11-27", "2026-11-27"],
		["1900-01-01", "9999-12-31"],
	}
	given := want | {
		["2026-11-28", "2027-01-15"],
		["2026-01-15", "2026-11-26"],
		["", "2027-01-15"],
		["2026-01-15", ""],
		["2026-01-15", "never-ends"],
		["2026-01-15", "2027-1-15"],
		["2026-01-15", "2027-01-15T00:00"],
		["1899-12-31", "2027-01-15"],
	}
	{dates | some dates in given; is_current(dates)} == want
}

is_current(dates) if {
	vendor.current(flow) with input as run with data.register as register({"assessed": dates[0], "expires": dates[1]})
}

test_a_missing_date_is_expired if {
	entry := object.remove(good, ["expires"])
	not vendor.current(flow) with input as run with data.register as {"vendors": {"acme": entry}, "countries": []}
}

test_countries if {
	vendor.permitted_country(flow) with data.register as register({})
	vendor.permitted_country(flow) with data.register as register({"country": "SG"})
	not vendor.permitted_country(flow) with data.register as register({"country": "US"})
	not vendor.permitted_country(flow) with data.register as register({"country": ""})
}

test_classes if {
	vendor.permits_class(flow, name) with data.register as register({})
	not vendor.permits_class(flow, testing.secret("pin")) with data.register as register({})
	not vendor.permits_class(flow, name) with data.register as register({"classes": ["C1"]})
	not vendor.permits_class(flow, name) with data.register as register({"classes": []})
}

test_a_higher_class_includes_the_lower_ones if {
	vendor.permits_class(flow, name) with data.register as register({"classes": ["C3"]})
	vendor.permits_class(flow, testing.identifier("imei")) with data.register as register({"classes": ["C3", "C1"]})
}

test_elements_by_class_only if {
	vendor.permits_element(flow, name) with data.register as register({})
	not vendor.permits_element(flow, testing.secret("pin")) with data.register as register({})
	not vendor.permits_element(flow, testing.claim("pin", "C2", "secret")) with data.register as register({})
	not vendor.permits_element(flow, testing.claim("pin", "C3", "personal")) with data.register as register({})
}

test_elements_by_name if {
	named := register({"elements": ["pin"]})
	vendor.permits_element(flow, testing.secret("pin")) with data.register as named
	not vendor.permits_element(flow, name) with data.register as named
}

test_in_order_takes_all if {
	in_order({})
	not in_order({"expires": "2026-11-26"})
	not in_order({"country": "US"})
	not in_order({"classes": ["C1"]})
	not in_order({"elements": ["email-address"]})
}

in_order(changes) if vendor.in_order(flow, name) with input as run with data.register as register(changes)

test_uncovered if {
	both := object.union(flow, {"elements": [name, testing.secret("pin")]})
	ids := ["person-name", "pin"]
	vendor.uncovered(both, ids) == ["pin"] with input as run with data.register as register({})
	vendor.uncovered(both, ids) == ids with input as run with data.register as register({"country": "US"})
	vendor.uncovered(both, ids) == ids with input as run with data.register as {"vendors": {}, "countries": []}
	not vendor.uncovered(both, ["person-name"]) with input as run with data.register as register({})
	vendor.uncovered(both, []) == [] with input as run with data.register as register({})
	vendor.uncovered(both, []) == [] with input as run with data.register as {"vendors": {}, "countries": []}
}
