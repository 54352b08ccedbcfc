package fiduciary.topics.duties_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.duties

cases := {
	"c2": testing.finding({"class": "C2", "elements": [testing.personal("person-name")]}),
	"c3": testing.finding({"class": "C3"}),
	"c1": testing.finding({"class": "C1"}),
	"owned": testing.finding({"context": {"owner": "payments"}}),
	"protected": testing.finding({"protected": true}),
}

test_owners_are_asked_for_where_they_are_required if {
	got := testing.outcome(duties.verdict) with data.params.duties.require_owner as true with input as testing.batch(cases)
	got == {
		"c2": {"duties.owner": "note"},
		"c3": {"duties.owner": "note"},
		"protected": {"duties.owner": "allow"},
	}
	spoken := testing.spoken(duties.verdict, "c2") with data.params.duties.require_owner as true
		with input as testing.batch(cases)
	spoken == {"duties.owner": ["person-name"]}
}

test_owners_are_not_required_by_default if {
	got := testing.outcome(duties.verdict) with input as testing.batch(cases)
	got == {}
}
