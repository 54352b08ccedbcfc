# METADATA
# title: Findings for tests
# description: Builds findings in the form of the policy input, and folds verdicts so that a whole table compares at once.
package fiduciary.lib.testing

import data.fiduciary.lib.context

base := {
	"id": "0000000000000001",
	"kind": "flow",
	"rule": "no-customer-data-in-logs",
	"channel": "log",
	"confidence": "high",
	"class": "C2",
	"elements": [],
	"protected": false,
	"protections": [],
	"assumptions": [],
	"sink": {"catalog": "test", "callee": "test"},
	"steps": 1,
	"sources": 1,
	"volume": "unknown",
	"context": {"symbol": "Test.run", "code": "production", "side": "server", "dormant": false},
}

# METADATA
# title: A finding like the usual one but for what is given
# description: Objects merge, lists and single values replace.
# scope: document
finding(overrides) := object.union(base, overrides)

# METADATA
# title: A finding of a channel that carries these claims
# scope: document
flow(channel, claims) := finding({"channel": channel, "elements": claims, "class": highest(claims)})

# METADATA
# title: A safeguard that is missing
# scope: document
absence(channel, expected, evidence) := finding({
	"kind": "absence",
	"channel": channel,
	"expected": expected,
	"evidence": evidence,
	"elements": [personal("mobile-phone")],
})

highest(claims) := max({claim.class | some claim in claims} | {"C1"})

# METADATA
# title: Claims by nature
# scope: document
claim(id, class, nature) := {
	"element": id,
	"class": class,
	"nature": nature,
	"witness": "own-name",
	"confidence": "high",
	"evidence": id,
}

secret(id) := claim(id, "C3", "secret")

personal(id) := claim(id, "C2", "personal")

financial(id) := claim(id, "C2", "financial")

identifier(id) := claim(id, "C1", "identifier")

# METADATA
# title: The input of one evaluation, from findings by name
# scope: document
batch(cases) := {
	"run": {"date": "2026-11-27", "stage": "ci"},
	"findings": [object.union(f, {"id": name}) | some name, f in cases],
}

# METADATA
# title: What each control made of each finding
# scope: document
outcome(verdicts) := {name: effects(verdicts, name) | some verdict in verdicts; name := verdict.finding}

effects(verdicts, name) := {verdict.control: verdict.effect |
	some verdict in verdicts
	verdict.finding == name
}

# METADATA
# title: The findings that some control judges at least so strongly
# scope: document
at_least(verdicts, effect) := {verdict.finding |
	some verdict in verdicts
	context.rank[verdict.effect] >= context.rank[effect]
}

# METADATA
# title: One finding for each channel and each kind of element, named `channel/kind`
# description: A topic tested on all of them shows what it says and, as much, where it is silent.
# scope: document
grid := {concat("/", [channel, kind]): flow(channel, claims) |
	some channel in channels
	some kind, claims in kinds
}

channels := [
	"log", "transport", "third-party", "storage", "url", "error", "response", "token",
	"collection", "access", "use", "retention", "literal", "protection",
]

kinds := {
	"key": [secret("api-key")],
	"secret": [secret("login-password")],
	"c3": [claim("kyc-questionnaire", "C3", "personal")],
	"number": [financial("iban")],
	"c2": [personal("mobile-phone")],
	"c1": [identifier("imei")],
}

# METADATA
# title: A missing safeguard of each name on each channel, named `channel/safeguard`
# scope: document
absences := {concat("/", [channel, expected]): absence(channel, expected, "no") |
	some channel in channels
	some expected in safeguards
}

safeguards := [
	"consent", "separate-consent", "guardian-consent", "declared-purpose", "authentication", "authorisation",
	"access-log", "reason", "step-up", "retention", "deletion", "provision-record",
]

# METADATA
# title: What each finding is told, as lists of elements by control
# scope: document
spoken(verdicts, name) := {verdict.control: verdict.elements |
	some verdict in verdicts
	verdict.finding == name
}
