package fiduciary.topics.management_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.management

test_what_no_topic_knows_is_told if {
	cases := object.union(testing.grid, {"fax/c2": testing.flow("fax", [testing.personal("person-name")])})
	got := testing.outcome(management.verdict) with input as testing.batch(cases)
	got == {"fax/c2": {"management.unjudged": "warn"}}
	spoken := testing.spoken(management.verdict, "fax/c2") with input as testing.batch(cases)
	spoken == {"management.unjudged": ["person-name"]}
}
