package fiduciary.lib.judged_test

import data.fiduciary.lib.judged
import data.fiduciary.lib.testing

phone := testing.flow("log", [testing.personal("mobile-phone")])

approval := [{"kind": "approval", "what": "compliance"}]

test_a_verdict if {
	judged.verdict("a.b", "warn", phone, ["mobile-phone"]) == {
		"finding": phone.id,
		"control": "a.b",
		"effect": "warn",
		"elements": ["mobile-phone"],
	}
}

test_what_is_demanded_is_graded if {
	every effect in ["deny", "require_approval"] {
		verdict := judged.verdict("a.b", effect, phone, [])
		verdict.effect == effect
		verdict.incident == {"grade": "general", "report": []}
	}
}

test_advice_is_not_graded if {
	every effect in ["allow", "note", "warn"] {
		not judged.verdict("a.b", effect, phone, []).incident
	}
}

test_without_an_element_there_is_no_grade if {
	not judged.verdict("a.b", "deny", testing.base, []).incident
}

test_obligations_go_with_demands if {
	judged.obliging("a.b", "require_approval", phone, [], approval).obligations == approval
	not judged.obliging("a.b", "warn", phone, [], approval).obligations
	not judged.obliging("a.b", "deny", phone, [], []).obligations
}

test_obligations_fall_with_the_effect if {
	verdict := judged.obliging("a.b", "deny", object.union(phone, {"confidence": "low"}), [], approval)
	verdict == {"finding": phone.id, "control": "a.b", "effect": "note", "elements": []}
}
