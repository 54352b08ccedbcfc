package fiduciary.topics.processing_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.processing

test_each_channel_and_kind if {
	got := testing.outcome(processing.verdict) with input as testing.batch(testing.grid)
	got == {
		"log/key": {"log.key": "deny"},
		"log/secret": {"log.secret": "deny"},
		"log/c3": {"log.c3": "deny"},
		"log/number": {"log.number": "deny"},
		"log/c2": {"log.c2": "warn"},
		"log/c1": {"log.c1": "note"},
		"url/key": {"url.key": "warn"},
		"url/secret": {"url.secret": "deny"},
		"url/c3": {"url.c3": "deny"},
		"url/number": {"url.number": "deny"},
		"url/c2": {"url.c2": "warn"},
		"url/c1": {"url.c1": "note"},
		"error/key": {"error.key": "deny"},
		"error/secret": {"error.secret": "deny"},
		"error/c3": {"error.c3": "deny"},
		"error/number": {"error.number": "warn"},
		"error/c2": {"error.any": "note"},
		"error/c1": {"error.any": "note"},
		"token/key": {"token.key": "deny"},
		"token/secret": {"token.secret": "deny"},
		"token/c3": {"token.secret": "deny"},
		"token/number": {"token.number": "deny"},
		"token/c2": {"token.c2": "warn"},
		"token/c1": {"token.any": "note"},
	}
}

test_operational_ids_are_notes_in_logs_alone if {
	number := testing.claim("customer-number", "C2", "identifier")
	status := testing.claim("account-status", "C1", "financial")
	got := testing.outcome(processing.verdict) with input as testing.batch({
		"log": testing.flow("log", [number, status]),
		"url": testing.flow("url", [number]),
		"not listed": testing.flow("log", [number, status]),
	})
	got == {"log": {"log.low": "note"}, "url": {"url.c2": "warn"}, "not listed": {"log.low": "note"}}
	without := testing.outcome(processing.verdict) with data.params.processing.log_low as []
		with input as testing.batch({"a": testing.flow("log", [number, status])})
	without == {"a": {"log.c2": "warn", "log.c1": "note"}}
}

test_a_listed_secret_stays_denied if {
	got := testing.outcome(processing.verdict) with data.params.processing.log_low as ["pin"]
		with input as testing.batch({"a": testing.flow("log", [testing.secret("pin")])})
	got == {"a": {"log.low": "note", "log.secret": "deny"}}
}

test_each_control_speaks_of_its_elements if {
	claims := [testing.secret("pin"), testing.financial("iban"), testing.personal("email-address"), testing.identifier("imei")]
	case := {"a": testing.flow("log", claims)}
	got := testing.spoken(processing.verdict, "a") with input as testing.batch(case)
	got == {
		"log.secret": ["pin"],
		"log.number": ["iban"],
		"log.c2": ["email-address"],
		"log.c1": ["imei"],
	}
}

test_a_call_without_a_known_element_is_told if {
	got := testing.outcome(processing.verdict) with input as testing.batch({channel: testing.flow(channel, []) |
		some channel in ["log", "url", "error", "token"]
	})
	got == {
		"log": {"log.c1": "note"},
		"url": {"url.c1": "note"},
		"error": {"error.any": "note"},
		"token": {"token.any": "note"},
	}
}
