package fiduciary.lib.judged_test

import data.fiduciary.lib.judged
import data.fiduciary.lib.testing

phone := object.union(testing.flow("log", [testing.personal("mobile-phone")]), {"id": "a"})

# What is told of a finding, when it is the only one.
told(f, effect, obligations) := verdict if {
	verdict := judged.obliging("a.b", effect, f, ["mobile-phone"], obligations) with input as testing.batch({"a": f})
}

approval := [{"kind": "approval", "what": "compliance"}]

test_a_verdict if {
	judged.verdict("a.b", "warn", phone, ["mobile-phone"]) == {
		"finding": "a",
		"control": "a.b",
		"effect": "warn",
		"elements": ["mobile-phone"],
	}
}

test_what_is_demanded_is_graded if {
	every effect in ["deny", "require_approval"] {
		verdict := told(phone, effect, [])
		verdict.effect == effect
		verdict.incident == {"grade": "general", "report": []}
	}
}

test_advice_is_not_graded if {
	every effect in ["allow", "note", "warn"] {
		not told(phone, effect, []).incident
	}
}

test_without_an_element_there_is_no_grade if {
	bare := object.union(phone, {"elements": []})
	verdict := judged.verdict("a.b", "deny", bare, []) with input as testing.batch({"a": bare})
	verdict == {"finding": "a", "control": "a.b", "effect": "deny", "elements": []}
}

test_obligations_go_with_demands if {
	told(phone, "require_approval", approval).obligations == approval
	told(phone, "deny", approval).obligations == approval
	not told(phone, "warn", approval).obligations
	not told(phone, "deny", []).obligations
	told(phone, "deny", []).effect == "deny"
}

test_obligations_without_a_grade if {
	bare := object.union(phone, {"elements": []})
	verdict := judged.obliging("a.b", "deny", bare, [], approval) with input as testing.batch({"a": bare})
	verdict.obligations == approval
}

test_obligations_fall_with_the_effect if {
	told(object.union(phone, {"confidence": "low"}), "deny", approval) == {
		"finding": "a",
		"control": "a.b",
		"effect": "note",
		"elements": ["mobile-phone"],
	}
}
