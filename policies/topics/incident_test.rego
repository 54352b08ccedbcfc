package fiduciary.topics.incident_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.incident

cases := object.union(
	{name: f | some name, f in testing.grid; not f.channel in ["literal", "protection"]},
	{
		"a site": object.union(testing.flow("transport", [testing.secret("pin")]), {"kind": "site"}),
		"in a test": object.union(testing.flow("log", [testing.secret("pin")]), {"context": {"code": "test"}}),
		"protected": object.union(testing.flow("log", [testing.secret("pin")]), {"protected": true}),
		"many": object.union(testing.flow("transport", [testing.financial("iban")]), {"volume": "bulk"}),
		"passwords of many": object.union(testing.flow("log", [testing.secret("login-password")]), {"volume": "bulk"}),
	},
)

test_what_is_denied_or_approved_and_must_be_reported if {
	got := testing.outcome(incident.verdict) with input as testing.batch(cases)
	got == {name: {"incident.reportable": "note"} |
		some name in [
			"transport/secret", "transport/c3", "third-party/secret", "third-party/c3",
			"many", "passwords of many",
		]
	}
}

test_who_is_told if {
	case := {"a": testing.flow("transport", [testing.personal("mobile-phone"), testing.secret("pin")])}
	verdicts := incident.verdict with input as testing.batch(case)
	verdicts == {{
		"finding": "a",
		"control": "incident.reportable",
		"effect": "note",
		"elements": ["mobile-phone", "pin"],
		"obligations": [
			{"kind": "notify", "what": "card-schemes"},
			{"kind": "notify", "what": "data-protection-authority"},
			{"kind": "notify", "what": "regulator"},
			{"kind": "notify", "what": "supervisory-authority"},
		],
		"incident": {
			"grade": "major",
			"report": ["card-schemes", "data-protection-authority", "regulator", "supervisory-authority"],
			"withinHours": 2,
		},
	}}
}

test_each_topic_that_follows_data_counts if {
	bulk := {"volume": "bulk"}
	pin := [testing.secret("pin")]
	cases := {channel: object.union(testing.flow(channel, pin), bulk) |
		some channel in ["response", "log", "third-party", "storage", "transport"]
	}
	got := testing.outcome(incident.verdict) with input as testing.batch(cases)
	object.keys(got) == object.keys(cases)
}

vendor := {"assessed": "2026-01-15", "expires": "2026-02-15", "country": "CN", "classes": ["C2", "C3"]}

test_a_departure_from_the_register_counts if {
	mail := object.union(
		testing.flow("third-party", [testing.personal("person-name")]),
		{"sink": {"vendor": "acme"}, "volume": "bulk"},
	)
	got := testing.outcome(incident.verdict) with data.register as {"vendors": {"acme": vendor}, "countries": []}
		with input as testing.batch({"a": mail})
	got == {"a": {"incident.reportable": "note"}}
}
