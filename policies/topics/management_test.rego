package fiduciary.topics.management_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.management

# What is told of findings, with nothing else loaded that speaks of them.
told(cases) := outcome if {
	outcome := testing.outcome(management.verdict) with input as testing.batch(cases)
}

test_what_no_topic_knows_is_told if {
	case := {"fax/c2": testing.flow("fax", [testing.personal("person-name")])}
	told(case) == {"fax/c2": {"management.unjudged": "warn"}}
	spoken := testing.spoken(management.verdict, "fax/c2") with input as testing.batch(case)
	spoken == {"management.unjudged": ["person-name"]}
}

test_flows_are_known_but_where_safeguards_are_asked_for if {
	{name | some name, _ in told(testing.grid)} == {concat("/", [channel, kind]) |
		some channel in ["collection", "access", "retention"]
		some kind, _ in testing.kinds
	}
}

test_safeguards_are_known_where_a_topic_asks_for_them if {
	known := {
		"collection/consent", "collection/guardian-consent", "collection/declared-purpose",
		"access/authentication", "access/authorisation", "access/access-log", "access/reason", "access/step-up",
		"retention/retention", "retention/deletion", "third-party/provision-record",
	}
	asked := {name | some name, _ in testing.absences; strip(name) in ["collection", "access", "retention", "third-party"]}
	{name | some name, _ in told(testing.absences); name in asked} == asked - known
}

strip(name) := split(name, "/")[0]

test_a_safeguard_nobody_asks_for_is_a_note if {
	cases := {
		"missing": testing.absence("retention", "consent", "no"),
		"not seen": testing.absence("retention", "consent", "unknown"),
	}
	told(cases) == {name: {"management.unjudged": "note"} | some name, _ in cases}
}

test_who_only_adds_does_not_judge if {
	case := {"a": object.union(testing.flow("retention", [testing.personal("person-name")]), {"change": "reached"})}
	told(case) == {"a": {"management.unjudged": "warn"}}
}

test_a_banks_own_word_counts if {
	case := {"a": testing.flow("fax", [testing.personal("person-name")])}
	own := {"bank": {"verdict": {{"finding": "a", "control": "bank.fax", "effect": "allow"}}}}
	got := testing.outcome(management.verdict) with data.fiduciary.custom as own with input as testing.batch(case)
	got == {}
}
