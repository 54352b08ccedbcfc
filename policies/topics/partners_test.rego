package fiduciary.topics.partners_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.partners

vendor := {"assessed": "2026-01-15", "expires": "2027-01-15", "country": "CN", "classes": ["C1", "C2"]}

named(elements) := object.union(vendor, {"classes": ["C1", "C2", "C3"], "elements": elements})

to(claims, sink) := object.union(testing.flow("third-party", claims), {"sink": sink})

with_entry(entry) := {kind: effects |
	cases := {kind: to(claims, {"vendor": "acme", "region": "US"}) | some kind, claims in testing.kinds}
	outcome := testing.outcome(partners.verdict) with input as testing.batch(cases)
		with data.register as {"vendors": {"acme": entry}, "countries": ["SG"]}
	some kind, effects in outcome
}

each_gets(effects) := {kind: effects | some kind in ["secret", "c3", "number", "c2"]}

test_each_channel_and_kind if {
	got := testing.outcome(partners.verdict) with input as testing.batch(testing.grid)
	got == {concat("/", ["third-party", kind]): effects | some kind, effects in each_gets({"partner.unregistered": "require_approval"})}
}

test_an_unregistered_vendor_is_to_be_registered if {
	some verdict in partners.verdict with input as testing.batch({"a": testing.flow("third-party", [testing.personal("person-name")])})
	verdict.obligations == [{"kind": "record", "what": "third-party-register"}]
}

test_a_current_entry_is_silent if {
	with_entry(named(["api-key", "login-password", "kyc-questionnaire", "iban", "mobile-phone", "imei"])) == {}
}

test_what_authenticates_is_permitted_by_name if {
	with_entry(vendor) == {
		"key": {"partner.class": "deny", "partner.element": "deny"},
		"secret": {"partner.class": "deny", "partner.element": "deny"},
		"c3": {"partner.class": "deny", "partner.element": "deny"},
	}
}

test_a_list_of_elements_is_complete if {
	with_entry(named(["imei", "iban"])) == {kind: {"partner.element": "deny"} | some kind in ["key", "secret", "c3", "c2"]}
}

test_a_class_that_is_not_allowed if {
	with_entry(object.union(open, {"classes": ["C2"]})) == {kind: {"partner.class": "deny"} | some kind in ["key", "secret", "c3"]}
	with_entry(object.union(open, {"classes": []})) == {kind: {"partner.class": "deny"} | some kind, _ in testing.kinds}
	with_entry(object.union(open, {"classes": ["C3"]})) == {}
}

open := named(["api-key", "login-password", "kyc-questionnaire", "iban", "mobile-phone", "imei"])

test_an_expired_assessment if {
	with_entry(object.union(open, {"expires": "2026-11-26"})) == each_gets({"partner.expired": "require_approval"})
}

test_an_expired_assessment_is_to_be_renewed if {
	case := {"a": to([testing.personal("mobile-phone")], {"vendor": "acme"})}
	register := {"vendors": {"acme": object.union(open, {"expires": "2026-11-26"})}, "countries": []}
	some verdict in partners.verdict with input as testing.batch(case) with data.register as register
	verdict.obligations == [{"kind": "approval", "what": "compliance"}, {"kind": "assess", "what": "third-party-register"}]
}

test_countries if {
	with_entry(object.union(open, {"country": "SG"})) == {}
	with_entry(object.union(open, {"country": "US"})) == each_gets({"partner.country": "deny"})
	with_entry(object.remove(open, ["country"])) == each_gets({"partner.country": "deny"})
}

test_an_unregistered_vendor_abroad if {
	cases := {region: to([testing.personal("person-name")], {"vendor": "acme", "region": region}) |
		some region in ["US", "EU", "SG", "CN", "chosen", "self-hosted"]
	}
	got := testing.outcome(partners.verdict) with data.register as {"vendors": {}, "countries": ["SG"]}
		with input as testing.batch(cases)
	{region | some region, effects in got; effects["partner.abroad"] == "require_approval"} == {"US", "EU"}
	every _, effects in got {
		effects["partner.unregistered"] == "require_approval"
	}
}

test_abroad_asks_for_a_basis_and_for_personal_data_only if {
	cases := {kind: to(claims, {"vendor": "acme", "region": "US"}) | some kind, claims in testing.kinds}
	got := testing.outcome(partners.verdict) with input as testing.batch(cases)
	got == each_gets({"partner.unregistered": "require_approval", "partner.abroad": "require_approval"})
	obligations := {verdict.obligations | some verdict in partners.verdict; verdict.control == "partner.abroad"} with input as testing.batch(cases)
	obligations == {[{"kind": "assess", "what": "cross-border"}]}
}

test_a_missing_safeguard_is_no_disclosure if {
	got := testing.outcome(partners.verdict) with input as testing.batch(testing.absences)
	got == {}
}

test_other_channels_ask_no_register if {
	elsewhere := object.union(to([testing.secret("pin")], {"vendor": "other", "region": "US"}), {"channel": "log"})
	log := object.union(to([testing.secret("pin")], {"vendor": "acme", "region": "US"}), {"channel": "log"})
	got := testing.outcome(partners.verdict) with input as testing.batch({"a": log, "b": elsewhere})
		with data.register as {"vendors": {"acme": object.union(vendor, {"country": "US", "expires": "2026-01-16"})}, "countries": []}
	got == {}
}
