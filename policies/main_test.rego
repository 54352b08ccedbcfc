# What holds of all packs together.
package fiduciary.main_test

import data.fiduciary.lib.context
import data.fiduciary.lib.testing
import data.fiduciary.main

effect(verdicts, name) := testing.strongest(verdicts, name)

verdicts_of(cases) := verdicts if {
	verdicts := main.verdicts with input as testing.batch(cases)
}

test_every_flow_gets_a_verdict if {
	verdicts := verdicts_of(testing.grid)
	told := {verdict.finding | some verdict in verdicts}
	judged := {name | some name, f in testing.grid; not f.channel in ["collection", "access", "retention"]}
	judged - told == set()
}

test_protection_never_worsens_a_decision if {
	open := verdicts_of(testing.grid)
	closed := verdicts_of({name: object.union(f, {"protected": true}) | some name, f in testing.grid})
	{name | some name, _ in testing.grid; effect(closed, name) > effect(open, name)} == set()
	{verdict.effect | some verdict in closed} == {"allow"}
}

raised(claim, class) := object.union(claim, {"class": class})

test_a_higher_class_never_improves_a_decision if {
	natures := ["secret", "personal", "financial", "identifier"]
	ids := ["person-name", "iban", "session-token", "pin", "account-status", "bank-card-number"]
	classes := ["C1", "C2", "C3"]
	cases := {concat("/", [channel, id, nature, class]): testing.flow(channel, [testing.claim(id, class, nature)]) |
		some channel in testing.channels
		some id in ids
		some nature in natures
		some class in classes
	}
	verdicts := verdicts_of(cases)
	strength := {name: max({context.rank[v.effect] | some v in said}) |
		some name, said in {n: {v | some v in verdicts; v.finding == n} | some n, _ in cases}
		said != set()
	}
	worse := {[channel, id, nature, low] |
		some channel in testing.channels
		some id in ids
		some nature in natures
		some index, low in ["C1", "C2"]
		high := classes[index + 1]
		strength[concat("/", [channel, id, nature, high])] < strength[concat("/", [channel, id, nature, low])]
	}
	worse == set()
}

test_weaker_evidence_never_worsens_a_decision if {
	sure := verdicts_of(testing.grid)
	unsure := verdicts_of({name: object.union(f, {"confidence": "low"}) | some name, f in testing.grid})
	{name | some name, _ in testing.grid; effect(unsure, name) > effect(sure, name)} == set()
}

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
