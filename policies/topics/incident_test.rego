package fiduciary.topics.incident_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.incident

cases := object.union(
	{name: f | some name, f in testing.grid; not f.channel in ["literal", "protection"]},
	{
		"a site": object.union(testing.flow("transport", [testing.secret("pin")]), {"kind": "site"}),
		"in a test": object.union(testing.flow("log", [testing.secret("pin")]), {"context": {"code": "test"}}),
		"protected": object.union(testing.flow("log", [testing.secret("pin")]), {"protected": true}),
		"many": object.union(testing.flow("log", [testing.financial("iban")]), {"volume": "bulk"}),
	},
)

test_what_is_denied_or_approved_and_must_be_reported if {
	got := testing.outcome(incident.verdict) with input as testing.batch(cases)
	got == {name: {"incident.reportable": "note"} |
		some name in [
			"log/secret", "log/c3", "url/secret", "url/c3", "error/secret", "error/c3", "token/secret", "token/c3",
			"storage/secret", "storage/c3", "response/secret", "response/c3",
			"transport/secret", "transport/c3", "transport/number", "transport/c2",
			"third-party/secret", "third-party/c3", "third-party/number", "third-party/c2",
			"many",
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
	marketing := object.union(
		testing.flow("third-party", [testing.financial("account-balance")]),
		{"sink": {"vendor": "acme", "category": "advertising"}},
	)
	vendor := {"assessed": "2026-01-15", "expires": "2026-02-15", "country": "CN", "classes": ["C2"]}
	register := {"vendors": {"acme": vendor}, "countries": []}
	got := testing.outcome(incident.verdict) with data.register as register with input as testing.batch({"a": marketing})
	got == {"a": {"incident.reportable": "note"}}
}
