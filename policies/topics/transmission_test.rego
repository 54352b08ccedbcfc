package fiduciary.topics.transmission_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.transmission

test_each_channel_and_kind if {
	got := testing.outcome(transmission.verdict) with input as testing.batch(testing.grid)
	got == {
		"transport/key": {"transport.key": "deny"},
		"transport/secret": {"transport.secret": "deny"},
		"transport/c3": {"transport.c3": "deny"},
		"transport/number": {"transport.c2": "deny"},
		"transport/c2": {"transport.c2": "deny"},
		"transport/c1": {"transport.any": "warn"},
	}
}

test_a_connection_on_which_nothing_is_known_to_travel if {
	site := object.union(testing.flow("transport", []), {"kind": "site"})
	got := testing.outcome(transmission.verdict) with input as testing.batch({"a": site})
	got == {"a": {"transport.any": "warn"}}
}
