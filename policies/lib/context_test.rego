package fiduciary.lib.context_test

import data.fiduciary.lib.context
import data.fiduciary.lib.testing

effects := ["allow", "note", "warn", "require_approval", "deny"]

capped(f) := [effect | some given in effects; effect := context.cap(given, f)]

at_most_note := ["allow", "note", "note", "note", "note"]

in_code(code) := testing.finding({"context": {"code": code}})

test_an_effect_stands_in_production if capped(testing.base) == effects

test_scripts_run_in_production if capped(in_code("script")) == effects

test_code_that_customers_do_not_meet_is_a_note if {
	every code in ["test", "story", "mock", "seed", "example"] {
		capped(in_code(code)) == at_most_note
	}
}

test_weak_evidence_is_a_note if {
	capped(testing.finding({"confidence": "low"})) == at_most_note
	capped(testing.finding({"confidence": "medium"})) == effects
}

test_dormant_code_is_a_note if capped(testing.finding({"context": {"dormant": true}})) == at_most_note

test_protected_data_is_allowed if {
	every effect in capped(testing.finding({"protected": true})) {
		effect == "allow"
	}
}

test_the_order_of_effects if {
	[context.rank[effect] | some effect in effects] == [0, 1, 2, 3, 4]
}
