package fiduciary.topics.access_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.access

test_each_channel_and_kind if {
	got := testing.outcome(access.verdict) with input as testing.batch(testing.grid)
	got == {
		"response/key": {"response.key": "deny"},
		"response/secret": {"response.secret": "deny"},
		"response/c3": {"response.c3": "deny"},
		"response/number": {"response.number": "warn"},
		"response/c2": {"response.any": "note"},
		"response/c1": {"response.any": "note"},
	}
}

test_a_token_is_issued_to_its_owner if {
	cases := {channel: testing.flow(channel, [testing.secret("session-token")]) | some channel in ["response", "log"]}
	got := testing.outcome(access.verdict) with input as testing.batch(cases)
	got == {"response": {"response.token": "allow"}}
}

test_a_token_of_another_system_is_told if {
	cases := {channel: testing.flow(channel, [testing.secret("refresh-or-access-token")]) | some channel in ["response", "log"]}
	got := testing.outcome(access.verdict) with input as testing.batch(cases)
	got == {"response": {"response.delegated-token": "note"}}
}

test_what_is_delegated_is_a_parameter if {
	claims := [testing.secret("api-key"), testing.secret("refresh-or-access-token")]
	got := testing.spoken(access.verdict, "a") with data.params.access.delegated as ["api-key"]
		with input as testing.batch({"a": testing.flow("response", claims)})
	got == {"response.delegated-token": ["api-key"], "response.secret": ["refresh-or-access-token"]}
}

test_what_is_issued_is_a_parameter if {
	claims := [
		testing.claim("pin", "C3", "personal"),
		testing.personal("iban"),
		testing.personal("email-address"),
		testing.secret("api-key"),
		testing.secret("session-token"),
	]
	listed := ["pin", "iban", "email-address", "api-key"]
	got := testing.spoken(access.verdict, "a") with data.params.access.issued as listed
		with input as testing.batch({"a": testing.flow("response", claims)})
	got == {"response.token": listed, "response.secret": ["session-token"]}
}

test_an_answer_without_a_known_element_is_told if {
	got := testing.outcome(access.verdict) with input as testing.batch({"a": testing.flow("response", [])})
	got == {"a": {"response.any": "note"}}
}

test_missing_safeguards if {
	got := testing.outcome(access.verdict) with input as testing.batch(testing.absences)
	{name: effects | some name, effects in got; startswith(name, "access/")} == {
		"access/authentication": {"access.authentication": "warn"},
		"access/authorisation": {"access.authorisation": "warn"},
		"access/access-log": {"access.log": "warn"},
		"access/step-up": {"access.step-up": "warn"},
	}
	{name | some name, _ in got; not startswith(name, "access/"); not startswith(name, "response/")} == set()
}

test_safeguards_not_seen_are_notes if {
	cases := {name: testing.absence("access", name, "unknown") | some name in ["authentication", "authorisation", "access-log", "step-up"]}
	got := testing.outcome(access.verdict) with input as testing.batch(cases)
	got == {
		"authentication": {"access.authentication": "note"},
		"authorisation": {"access.authorisation": "note"},
		"access-log": {"access.log": "note"},
		"step-up": {"access.step-up": "note"},
	}
}
