package fiduciary.topics.collection_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.collection

of(expected, evidence, claims) := object.union(testing.absence("collection", expected, evidence), {"elements": claims})

test_missing_safeguards if {
	got := testing.outcome(collection.verdict) with input as testing.batch(testing.absences)
	got == {
		"collection/consent": {"collection.consent": "warn"},
		"collection/guardian-consent": {"collection.minor": "require_approval"},
		"collection/declared-purpose": {"collection.minimum": "warn"},
	}
}

test_sensitive_data_needs_a_consent_of_its_own if {
	face := [testing.secret("face-feature"), testing.personal("person-name")]
	cases := {
		"missing": of("separate-consent", "no", face),
		"not seen": of("separate-consent", "unknown", face),
		"ordinary data": of("separate-consent", "no", [testing.personal("person-name")]),
		"another safeguard": of("declared-purpose", "no", face),
		"another channel": object.union(of("separate-consent", "no", face), {"channel": "access"}),
	}
	got := testing.outcome(collection.verdict) with input as testing.batch(cases)
	got == {
		"missing": {"collection.separate-consent": "require_approval"},
		"not seen": {"collection.separate-consent": "note"},
		"another safeguard": {"collection.minimum": "warn"},
	}
	spoken := testing.spoken(collection.verdict, "missing") with input as testing.batch(cases)
	spoken == {"collection.separate-consent": ["face-feature"]}
}

test_what_was_not_seen_is_a_note if {
	cases := {name: testing.absence("collection", name, "unknown") | some name in ["consent", "guardian-consent", "declared-purpose"]}
	got := testing.outcome(collection.verdict) with input as testing.batch(cases)
	{effect | some effects in got; some effect in effects} == {"note"}
	count(got) == 3
}

test_flows_are_not_collected if {
	got := testing.outcome(collection.verdict) with input as testing.batch(testing.grid)
	got == {}
}
