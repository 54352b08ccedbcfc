package fiduciary.lib.incident_test

import data.fiduciary.lib.incident
import data.fiduciary.lib.testing

graded(f) := grade if {
	grade := incident.of(object.union(f, {"id": "a"})) with input as testing.batch({"a": f})
}

of(channel, class, volume) := graded(testing.finding({
	"channel": channel,
	"class": class,
	"volume": volume,
	"elements": [testing.claim("person-name", class, "personal")],
}))

test_grades if {
	want := {
		["third-party", "C3", "bulk"]: "critical",
		["third-party", "C3", "single"]: "major",
		["transport", "C3", "unknown"]: "major",
		["log", "C3", "bulk"]: "major",
		["log", "C3", "single"]: "serious",
		["log", "C3", "unknown"]: "serious",
		["transport", "C2", "bulk"]: "major",
		["third-party", "C2", "single"]: "serious",
		["response", "C2", "bulk"]: "serious",
		["url", "C2", "unknown"]: "general",
		["third-party", "C1", "bulk"]: "general",
		["third-party", "C1", "single"]: "general",
		["storage", "C1", "bulk"]: "general",
		["storage", "C1", "single"]: "general",
	}
	{key: grade | some key, _ in want; grade := of(key[0], key[1], key[2]).grade} == want
}

test_who_is_told_by_when if {
	of("log", "C2", "single") == {"grade": "general", "report": []}
	of("log", "C3", "single") == {"grade": "serious", "report": []}
	of("log", "C3", "bulk") == {
		"grade": "major",
		"report": ["data-protection-authority", "regulator", "supervisory-authority"],
		"withinHours": 2,
	}
	of("third-party", "C3", "bulk").report == ["data-protection-authority", "regulator", "supervisory-authority"]
}

test_only_cited_regimes_count if {
	cited := of("log", "C3", "bulk") with data.config.regulations as ["jrt-0171", "gdpr"]
	cited == {"grade": "major", "report": ["supervisory-authority"], "withinHours": 72}
}

test_a_regime_without_hours_sets_no_clock if {
	told := of("third-party", "C3", "single") with data.config.regulations as ["pipl"]
	told == {"grade": "major", "report": ["data-protection-authority"]}
}

test_card_schemes_hear_of_cards if {
	card := testing.flow("third-party", [testing.financial("bank-card-number")])
	graded(card) == {"grade": "serious", "report": ["card-schemes"]}
}

test_without_an_element_nothing_is_graded if not graded(testing.base)

test_keys_of_systems_are_no_incident_of_customers if {
	key := testing.secret("api-key")
	not graded(testing.flow("third-party", [key]))
	both := testing.flow("third-party", [key, testing.personal("person-name")])
	graded(both).grade == "serious"
}
