package fiduciary.topics.audit_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.audit

cases := {concat("/", [kind, class, change]): f |
	some kind in ["flow", "absence"]
	some class in ["C1", "C2", "C3"]
	some change in ["introduced", "reached", "moved", "unchanged", "fixed"]
	f := testing.finding({"kind": kind, "class": class, "change": change, "elements": [testing.personal("person-name")]})
}

reached := {name: {"audit.reached": "warn"} | some name in ["flow/C2/reached", "flow/C3/reached", "absence/C2/reached", "absence/C3/reached"]}

test_known_findings_that_reach_more if {
	got := testing.outcome(audit.verdict) with input as testing.batch(cases)
	got == reached
	spoken := testing.spoken(audit.verdict, "flow/C2/reached") with input as testing.batch(cases)
	spoken == {"audit.reached": ["person-name"]}
}

test_the_ratchet if {
	got := testing.outcome(audit.verdict) with data.params.audit.ratchet as true with input as testing.batch(cases)
	{name | some name, effects in got; effects["audit.ratchet"] == "require_approval"} == {
		"flow/C2/introduced", "flow/C3/introduced",
		"flow/C2/reached", "flow/C3/reached",
	}
	{name | some name, effects in got; effects["audit.reached"] == "warn"} == {name | some name, _ in reached}
	some verdict in audit.verdict with data.params.audit.ratchet as true with input as testing.batch(cases)
	verdict.obligations == [{"kind": "approval", "what": "data-protection-officer"}]
	verdict.elements == ["person-name"]
}

test_without_a_baseline_nothing_is_said if {
	got := testing.outcome(audit.verdict) with data.params.audit.ratchet as true with input as testing.batch(testing.grid)
	got == {}
}
