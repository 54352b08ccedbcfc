package fiduciary.lib.absence_test

import data.fiduciary.lib.absence
import data.fiduciary.lib.testing

test_of if {
	absence.of(testing.absence("access", "reason", "no"), "reason")
	not absence.of(testing.absence("access", "reason", "no"), "consent")
	not absence.of(object.union(testing.absence("access", "reason", "no"), {"kind": "flow"}), "reason")
}

test_what_was_not_seen_is_a_note if {
	absence.effect(testing.absence("access", "reason", "no"), "warn") == "warn"
	absence.effect(testing.absence("access", "reason", "unknown"), "warn") == "note"
	absence.effect(object.remove(testing.absence("access", "reason", "unknown"), ["evidence"]), "warn") == "note"
	absence.effect(testing.flow("log", []), "warn") == "warn"
}

test_ids if absence.ids(testing.base) == []

test_all_ids if absence.ids(testing.absence("access", "reason", "no")) == ["mobile-phone"]
