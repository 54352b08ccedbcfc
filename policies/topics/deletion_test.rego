package fiduciary.topics.deletion_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.deletion

test_missing_safeguards if {
	got := testing.outcome(deletion.verdict) with input as testing.batch(testing.absences)
	got == {
		"retention/retention": {"deletion.retention": "note"},
		"retention/deletion": {"deletion.path": "note"},
	}
}

test_flows_have_no_retention if {
	got := testing.outcome(deletion.verdict) with input as testing.batch(testing.grid)
	got == {}
}
