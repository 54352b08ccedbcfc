package fiduciary.topics.use_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.use

to(category, claims) := object.union(testing.flow("third-party", claims), {"sink": {"vendor": "acme", "category": category}})

acme(elements) := {
	"vendors": {"acme": {
		"assessed": "2026-01-15",
		"expires": "2027-01-15",
		"country": "CN",
		"classes": ["C1", "C2", "C3"],
		"elements": elements,
	}},
	"countries": [],
}

test_each_channel_and_kind if {
	got := testing.outcome(use.verdict) with input as testing.batch(testing.grid)
	got == {concat("/", ["use", kind]): {"use.purpose": "warn"} | some kind in ["key", "secret", "c3", "number", "c2", "c1"]}
}

test_financial_data_is_not_for_marketing if {
	cases := {
		"balance": to("advertising", [testing.financial("account-balance"), testing.personal("email-address")]),
		"e-mail": to("advertising", [testing.personal("email-address")]),
		"last digits": to("analytics", [testing.claim("card-number-truncated", "C1", "financial")]),
		"monitoring": to("error monitoring", [testing.financial("account-balance")]),
		"not known": testing.flow("third-party", [testing.financial("account-balance")]),
		"log": object.union(to("advertising", [testing.financial("account-balance")]), {"channel": "log"}),
	}
	got := testing.outcome(use.verdict) with input as testing.batch(cases)
	got == {"balance": {"use.marketing": "deny"}}
	spoken := testing.spoken(use.verdict, "balance") with input as testing.batch(cases)
	spoken == {"use.marketing": ["account-balance"]}
}

test_prompts if {
	cases := {
		"name": to("AI service", [testing.personal("person-name"), testing.identifier("imei")]),
		"secret": to("AI service", [testing.secret("pin")]),
		"c3": to("vector store", [testing.claim("kyc-questionnaire", "C3", "personal")]),
		"number": to("AI service", [testing.financial("iban")]),
		"key": to("AI service", [testing.secret("api-key")]),
		"c1": to("AI service", [testing.identifier("imei")]),
		"mail": to("mail", [testing.personal("person-name")]),
		"not known": testing.flow("third-party", [testing.personal("person-name")]),
		"log": object.union(to("AI service", [testing.personal("person-name")]), {"channel": "log"}),
	}
	got := testing.outcome(use.verdict) with input as testing.batch(cases)
	got == {name: {"use.model": "require_approval"} | some name in ["name", "secret", "c3", "number"]}
	spoken := testing.spoken(use.verdict, "name") with input as testing.batch(cases)
	spoken == {"use.model": ["person-name"]}
}

test_a_prompt_is_approved_and_redacted if {
	some verdict in use.verdict with input as testing.batch({"a": to("AI service", [testing.personal("person-name")])})
	verdict.obligations == [{"kind": "approval", "what": "compliance"}, {"kind": "protect", "what": "redact"}]
}

test_what_the_register_names_is_the_banks_decision if {
	cases := {
		"marketing": to("advertising", [testing.financial("account-balance"), testing.financial("iban")]),
		"model": to("AI service", [testing.financial("account-balance"), testing.financial("iban")]),
	}
	all := testing.outcome(use.verdict) with data.register as acme(["account-balance", "iban"])
		with input as testing.batch(cases)
	all == {}
	spoken := testing.spoken(use.verdict, "marketing") with data.register as acme(["account-balance"])
		with input as testing.batch(cases)
	spoken == {"use.marketing": ["iban"]}
	asked := testing.spoken(use.verdict, "model") with data.register as acme(["account-balance"])
		with input as testing.batch(cases)
	asked == {"use.model": ["iban"]}
}

test_look_ups_have_a_reason if {
	got := testing.outcome(use.verdict) with input as testing.batch(testing.absences)
	{name: effects | some name, effects in got; not startswith(name, "use/")} == {"access/reason": {"use.reason": "warn"}}
	unseen := testing.outcome(use.verdict) with input as testing.batch({"a": testing.absence("access", "reason", "unknown")})
	unseen == {"a": {"use.reason": "note"}}
}

test_a_mismatch_names_its_elements if {
	got := testing.spoken(use.verdict, "a") with input as testing.batch({"a": testing.flow("use", [testing.personal("person-name")])})
	got == {"use.purpose": ["person-name"]}
}
