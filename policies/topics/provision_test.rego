package fiduciary.topics.provision_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.provision

vendor := {"assessed": "2026-01-15", "expires": "2027-01-15", "country": "CN", "classes": ["C1", "C2", "C3"]}

register := {"vendors": {"acme": vendor, "psp": object.union(vendor, {"elements": ["pin", "iban"]})}, "countries": []}

test_each_channel_and_kind if {
	got := testing.outcome(provision.verdict) with input as testing.batch(testing.grid)
	got == {
		"third-party/key": {"third-party.key": "deny"},
		"third-party/secret": {"third-party.secret": "deny"},
		"third-party/c3": {"third-party.c3": "deny"},
		"third-party/number": {"third-party.c2": "require_approval"},
		"third-party/c2": {"third-party.c2": "require_approval"},
		"third-party/c1": {"third-party.c1": "note"},
	}
}

test_the_approval_and_what_comes_before_it if {
	some verdict in provision.verdict with input as testing.batch({"a": testing.flow("third-party", [testing.personal("person-name")])})
	verdict.obligations == [{"kind": "approval", "what": "compliance"}, {"kind": "assess", "what": "third-party-register"}]
}

test_a_registered_vendor_may_have_what_the_register_says if {
	cases := {concat("/", [name, kind]): object.union(testing.flow("third-party", claims), {"sink": {"vendor": name}}) |
		some name in ["acme", "psp"]
		some kind, claims in testing.kinds
	}
	got := testing.outcome(provision.verdict) with data.register as register with input as testing.batch(cases)
	got == {
		"acme/key": {"third-party.key": "deny"},
		"acme/secret": {"third-party.secret": "deny"},
		"acme/c3": {"third-party.c3": "deny"},
		"acme/number": {"third-party.registered": "allow"},
		"acme/c2": {"third-party.registered": "allow"},
		"acme/c1": {"third-party.registered": "allow"},
		"psp/key": {"third-party.key": "deny"},
		"psp/secret": {"third-party.secret": "deny"},
		"psp/c3": {"third-party.c3": "deny"},
		"psp/number": {"third-party.registered": "allow"},
		"psp/c2": {"third-party.c2": "require_approval"},
		"psp/c1": {"third-party.c1": "note"},
	}
}

test_part_of_a_call_may_be_in_order if {
	claims := [testing.secret("pin"), testing.personal("person-name"), testing.financial("iban")]
	case := {"a": object.union(testing.flow("third-party", claims), {"sink": {"vendor": "psp"}})}
	got := testing.spoken(provision.verdict, "a") with data.register as register with input as testing.batch(case)
	got == {"third-party.registered": ["pin", "iban"], "third-party.c2": ["person-name"]}
}

test_what_the_register_names_may_be_given if {
	issuer := object.union(vendor, {"elements": ["api-key", "kyc-questionnaire", "login-password"]})
	cases := {kind: object.union(testing.flow("third-party", testing.kinds[kind]), {"sink": {"vendor": "acme"}}) |
		some kind in ["key", "c3", "secret"]
	}
	got := testing.outcome(provision.verdict) with data.register as {"vendors": {"acme": issuer}, "countries": []}
		with input as testing.batch(cases)
	got == {kind: {"third-party.registered": "allow"} | some kind in ["key", "c3", "secret"]}
}

test_a_call_without_a_known_element_is_told if {
	got := testing.outcome(provision.verdict) with input as testing.batch({"a": testing.flow("third-party", [])})
	got == {"a": {"third-party.c1": "note"}}
}

test_missing_records if {
	got := testing.outcome(provision.verdict) with input as testing.batch(testing.absences)
	got == {"third-party/provision-record": {"third-party.record": "warn"}}
	case := {"a": testing.absence("third-party", "provision-record", "unknown")}
	unseen := testing.outcome(provision.verdict) with input as testing.batch(case)
	unseen == {"a": {"third-party.record": "note"}}
}

test_a_registered_vendor_does_not_excuse_a_missing_record if {
	case := {"a": object.union(testing.absence("third-party", "provision-record", "no"), {"sink": {"vendor": "acme"}})}
	got := testing.outcome(provision.verdict) with data.register as register with input as testing.batch(case)
	got == {"a": {"third-party.record": "warn"}}
}
