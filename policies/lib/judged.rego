# METADATA
# title: How a control speaks
# description: Builds a verdict from the control's id, the effect it asks for and the elements it speaks of.
package fiduciary.lib.judged

import data.fiduciary.lib.context
import data.fiduciary.lib.incident

demanding := {"deny", "require_approval"}

# METADATA
# title: A verdict
# scope: document
verdict(control, effect, f, elements) := obliging(control, effect, f, elements, [])

# METADATA
# title: A verdict with what has to be done before the flow is in order
# description: Obligations and the incident grade go with what is denied or needs an approval, not with advice.
# scope: document
obliging(control, effect, f, elements, obligations) := v if {
	left := context.cap(effect, f, elements)
	said := {"finding": f.id, "control": control, "effect": left, "elements": elements}
	v := object.union(said, consequences(left, f, obligations))
}

consequences(effect, f, obligations) := object.union(graded(f), {"obligations": obligations}) if {
	effect in demanding
	obligations != []
} else := graded(f) if {
	effect in demanding
} else := {}

graded(f) := {"incident": grade} if {
	grade := incident.of(f)
} else := {}
