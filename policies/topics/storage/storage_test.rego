package fiduciary.topics.storage_test

import data.fiduciary.lib.testing
import data.fiduciary.topics.storage

stored(claims) := testing.flow("storage", claims)

test_each_channel_and_kind if {
	got := testing.outcome(storage.verdict) with input as testing.batch(testing.grid)
	got == {
		"storage/key": {"storage.key": "deny"},
		"storage/secret": {"storage.secret": "deny"},
		"storage/c3": {"storage.c3": "deny"},
		"storage/number": {"storage.c2": "warn"},
		"storage/c2": {"storage.c2": "warn"},
		"storage/c1": {"storage.c1": "note"},
		"literal/key": {"literal.c3": "deny"},
		"literal/secret": {"literal.c3": "deny"},
		"literal/c3": {"literal.c3": "deny"},
		"literal/number": {"literal.any": "warn"},
		"literal/c2": {"literal.any": "warn"},
		"literal/c1": {"literal.any": "warn"},
		"protection/key": {"protection.c3": "deny"},
		"protection/secret": {"protection.c3": "deny"},
		"protection/c3": {"protection.c3": "deny"},
		"protection/number": {"protection.any": "warn"},
		"protection/c2": {"protection.any": "warn"},
		"protection/c1": {"protection.any": "warn"},
	}
}

special := {
	"verifier": [testing.secret("password-hash")],
	"token": [testing.secret("session-token")],
	"payment token": [testing.identifier("payment-token")],
	"code": [testing.secret("card-verification-code")],
	"card": [testing.financial("bank-card-number")],
	"both": [testing.financial("bank-card-number"), testing.personal("person-name")],
}

test_elements_with_a_control_of_their_own if {
	cases := {concat("/", [channel, name]): testing.flow(channel, claims) |
		some channel in ["storage", "log"]
		some name, claims in special
	}
	got := testing.outcome(storage.verdict) with input as testing.batch(cases)
	got == {
		"storage/verifier": {"storage.hash": "allow"},
		"storage/token": {"storage.token": "warn"},
		"storage/payment token": {"storage.token": "warn"},
		"storage/code": {"storage.sad": "deny"},
		"storage/card": {"storage.pan": "deny"},
		"storage/both": {"storage.pan": "deny", "storage.c2": "warn"},
	}
}

test_what_is_listed_is_not_judged_twice if {
	codes := [
		testing.claim("card-verification-code", "C3", "personal"),
		testing.claim("password-hash", "C1", "identifier"),
		testing.claim("session-token", "C2", "identifier"),
		testing.claim("pin", "C2", "personal"),
		testing.claim("track-data", "C1", "personal"),
		testing.claim("api-key", "C3", "secret"),
	]
	got := testing.spoken(storage.verdict, "a") with data.params.storage.verifiers as ["password-hash", "api-key"]
		with input as testing.batch({"a": stored(codes)})
	got == {
		"storage.sad": ["card-verification-code", "pin", "track-data"],
		"storage.hash": ["password-hash", "api-key"],
		"storage.token": ["session-token"],
	}
}

test_a_card_number_is_to_be_encrypted if {
	some verdict in storage.verdict with input as testing.batch({"a": stored(special.card)})
	verdict.obligations == [{"kind": "protect", "what": "encrypt"}]
}

test_no_elements if {
	cases := {channel: testing.flow(channel, []) | some channel in ["storage", "literal", "protection", "log"]}
	got := testing.outcome(storage.verdict) with input as testing.batch(cases)
	got == {
		"storage": {"storage.c1": "note"},
		"literal": {"literal.any": "warn"},
		"protection": {"protection.any": "warn"},
	}
}

block := object.union(
	stored([testing.secret("pin-block"), testing.secret("track-data")]),
	{"protections": [{"kind": "encrypt", "by": "hsm", "worth": "weak", "everywhere": true}]},
)

issuer(changes) := object.union({"enabled": true, "reason": "PIN verification", "elements": ["pin-block"]}, changes)

issued(f, role) := outcome if {
	outcome := testing.outcome(storage.verdict) with data.params.storage.issuer as role
		with input as testing.batch({"a": f})
}

test_an_issuer_may_keep_what_it_names if {
	issued(block, issuer({})) == {"a": {"storage.issuer": "require_approval", "storage.sad": "deny"}}
	got := testing.spoken(storage.verdict, "a") with data.params.storage.issuer as issuer({})
		with input as testing.batch({"a": block})
	got == {"storage.issuer": ["pin-block"], "storage.sad": ["track-data"]}
}

test_an_issuer_names_all_it_keeps if {
	role := issuer({"elements": ["pin-block", "track-data"]})
	issued(block, role) == {"a": {"storage.issuer": "require_approval"}}
}

test_what_an_issuer_keeps_is_approved_and_recorded if {
	role := issuer({"elements": ["pin-block", "track-data"]})
	some verdict in storage.verdict with data.params.storage.issuer as role with input as testing.batch({"a": block})
	verdict.obligations == [
		{"kind": "approval", "what": "data-protection-officer"},
		{"kind": "record", "what": "storage-register"},
	]
}

test_without_one_of_its_conditions_there_is_no_exception if {
	denied := {"a": {"storage.sad": "deny"}}
	issued(block, issuer({"enabled": false})) == denied
	issued(block, issuer({"reason": ""})) == denied
	issued(object.union(block, {"protections": []}), issuer({})) == denied
	hashed := {"protections": [{"kind": "hash", "by": "sha256", "worth": "weak", "everywhere": true}]}
	issued(object.union(block, hashed), issuer({})) == denied
	issued(block, issuer({"elements": []})) == denied
}

test_the_exception_needs_encryption_on_every_way if {
	partly := {"protections": [{"kind": "encrypt", "by": "hsm", "worth": "weak", "everywhere": false}]}
	issued(object.union(block, partly), issuer({})) == {"a": {"storage.sad": "deny"}}
}

test_the_exception_is_for_sensitive_authentication_data_alone if {
	role := issuer({"elements": ["pin-block", "person-name"]})
	name := object.union(stored([testing.personal("person-name")]), {"protections": block.protections})
	issued(name, role) == {"a": {"storage.c2": "warn"}}
}

test_what_is_not_named_stays_denied_beside_what_is if {
	issued(object.union(block, {"protections": []}), issuer({"elements": ["pin-block", "track-data"]})) == {"a": {"storage.sad": "deny"}}
}

test_the_exception_is_for_storage_alone if {
	elsewhere := object.union(block, {"channel": "log"})
	issued(elsewhere, issuer({})) == {}
}
