# METADATA
# title: How grave it would be
# description: |
#   Grades what would happen if the data left through this flow: class, by exposure, by volume. An unknown volume counts
#   as a single customer, because a bulk has to show itself in the code (a list, a cursor, an export).
package fiduciary.lib.incident

import data.fiduciary.lib.element

grades := ["general", "serious", "major", "critical"]

matrix := {
	"C3": {"outside": {"bulk": "critical", "single": "major"}, "inside": {"bulk": "major", "single": "serious"}},
	"C2": {"outside": {"bulk": "major", "single": "serious"}, "inside": {"bulk": "serious", "single": "general"}},
	"C1": {"outside": {"bulk": "general", "single": "general"}, "inside": {"bulk": "general", "single": "general"}},
}

# METADATA
# title: Grade, who must be told, and within how many hours
# description: Undefined for a finding in which no element of a customer is known.
# scope: document
of(f) := object.union({"grade": graded, "report": report}, clock(regimes)) if {
	graded := grade(f)
	regimes := {name | some name in due[graded]; concerns(data.params.incident.report[name], f)}
	report := sort({data.params.incident.report[name].to | some name in regimes})
}

grade(f) := matrix[class(f)][exposure(f)][volume(f)]

# Keys of systems are no customer's data: undefined where nothing else is known to travel.
class(f) := max([claim.class | some index, claim in f.elements; element.kinds[f.id][index] != "key"])

exposure(f) := "outside" if {
	f.channel in data.params.incident.outside
} else := "inside"

volume(f) := "bulk" if {
	f.volume == "bulk"
} else := "single"

# Whose report is due from which grade on. A regime counts when the profile cites it; a profile without a list cites all.
due := {grade: names |
	some index, grade in grades
	names := {name |
		some name, duty in data.params.incident.report
		cited(name)
		index >= weight(duty.from)
	}
}

weight(name) := index if {
	some index, grade in grades
	grade == name
}

cited(_) if data.config.regulations == []

cited(name) if name in data.config.regulations

concerns(duty, _) if not duty.elements

concerns(duty, f) if {
	some claim in f.elements
	claim.element in duty.elements
}

clock(regimes) := {"withinHours": min(hours)} if {
	hours := {data.params.incident.report[name].hours | some name in regimes}
} else := {}
