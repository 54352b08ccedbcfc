package fiduciary.lib.context_test

import data.fiduciary.lib.context
import data.fiduciary.lib.testing

sure := {"elements": [testing.secret("pin")]}

effects := ["allow", "note", "warn", "require_approval", "deny"]

capped(f) := [effect | some given in effects; effect := context.cap(given, f, ["pin"])]

at_most_note := ["allow", "note", "note", "note", "note"]

in_code(code) := of({"context": {"code": code}})

of(changes) := testing.finding(object.union(sure, changes))

test_an_effect_stands_in_production if capped(of({})) == effects

test_scripts_run_in_production if capped(in_code("script")) == effects

test_code_that_meets_no_customer_is_allowed if {
	every code in ["development", "test", "story", "mock", "seed"] {
		every effect in capped(in_code(code)) {
			effect == "allow"
		}
	}
}

test_examples_are_a_note if capped(in_code("example")) == at_most_note

test_weak_evidence_is_a_note if {
	capped(of({"confidence": "low"})) == at_most_note
	capped(of({"confidence": "medium"})) == effects
}

test_dormant_code_is_a_note if capped(of({"context": {"dormant": true}})) == at_most_note

test_protected_data_is_allowed if {
	every effect in capped(of({"protected": true})) {
		effect == "allow"
	}
}

test_the_order_of_effects if {
	[context.rank[effect] | some effect in effects] == [0, 1, 2, 3, 4]
}

guess(id) := object.union(testing.secret(id), {"confidence": "low"})

test_a_guess_is_a_note if {
	capped(of({"elements": [guess("pin")]})) == at_most_note
	capped(of({"elements": [guess("pin"), testing.secret("iban")]})) == at_most_note
	capped(of({"elements": [guess("iban"), testing.secret("pin")]})) == effects
	context.cap("deny", of({"elements": [guess("iban"), testing.secret("pin")]}), ["pin", "iban"]) == "deny"
}

test_without_elements_nothing_is_guessed if context.cap("warn", of({"elements": []}), []) == "warn"
