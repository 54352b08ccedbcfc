# What holds of all packs together.
package fiduciary.main_test

import data.fiduciary.lib.testing
import data.fiduciary.main

effects := ["note", "warn", "require_approval", "deny"]

verdicts_of(cases) := verdicts if {
	verdicts := main.verdicts with input as testing.batch(cases)
}

# Nothing is judged more strongly in one set of verdicts than in the other.
never_worse(before, after) if {
	every effect in effects {
		testing.at_least(after, effect) - testing.at_least(before, effect) == set()
	}
}

test_every_finding_gets_a_verdict if {
	cases := object.union(testing.grid, testing.absences)
	told := {verdict.finding | some verdict in verdicts_of(cases)}
	object.keys(cases) - told == set()
}

test_protection_never_worsens_a_decision if {
	open := verdicts_of(testing.grid)
	closed := verdicts_of({name: object.union(f, {"protected": true}) | some name, f in testing.grid})
	never_worse(open, closed)
	{verdict.effect | some verdict in closed} == {"allow"}
}

test_weaker_evidence_never_worsens_a_decision if {
	sure := verdicts_of(testing.grid)
	unsure := verdicts_of({name: object.union(f, {"confidence": "low"}) | some name, f in testing.grid})
	never_worse(sure, unsure)
	testing.at_least(unsure, "warn") == set()
}

test_a_higher_class_never_improves_a_decision if {
	every classes in [["C1", "C2"], ["C2", "C3"]] {
		never_worse(verdicts_of(of_class(classes[1])), verdicts_of(of_class(classes[0])))
	}
}

of_class(class) := {concat("/", [channel, id, nature]): testing.flow(channel, [testing.claim(id, class, nature)]) |
	some channel in testing.channels
	some id in ["person-name", "iban", "session-token", "pin", "account-status", "bank-card-number", "api-key"]
	some nature in ["secret", "personal", "financial", "identifier"]
}

test_one_more_element_never_improves_a_decision if {
	one := verdicts_of(testing.grid)
	two := verdicts_of({name: more(f) | some name, f in testing.grid})
	never_worse(two, one)
}

more(f) := testing.flow(f.channel, array.concat(f.elements, [testing.identifier("imei")]))

test_findings_do_not_touch_each_other if {
	together := verdicts_of(testing.grid)
	alone := {verdict |
		some name in ["log/secret", "third-party/c2", "storage/number"]
		some verdict in verdicts_of({name: testing.grid[name]})
	}
	alone - together == set()
	{v | some v in together; v.finding in ["log/secret", "third-party/c2", "storage/number"]} == alone
}

test_a_banks_own_packages_join if {
	own := {"finding": "log/c1", "control": "bank.own", "effect": "deny"}
	verdicts := main.verdicts with data.fiduciary.custom as {"bank": {"verdict": {own}}} with input as testing.batch({})
	verdicts == {own}
}
