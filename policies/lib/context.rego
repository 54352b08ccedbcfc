# METADATA
# title: Where a finding stands
# description: Code that customers do not meet, weak evidence and code nobody refers to weigh less than the same flow in use.
package fiduciary.lib.context

rank := {effect: index | some index, effect in effects}

effects := ["allow", "note", "warn", "require_approval", "deny"]

# METADATA
# title: The finding is a note at most
# scope: document
quiet(f) if f.context.code in data.params.context.quiet

quiet(f) if f.confidence == "low"

quiet(f) if f.context.dormant == true

# METADATA
# title: All that is spoken of is a guess
# description: A finding may be certain of one element and guess at another; a control that speaks of the guess alone is quiet.
# scope: document
guessed(f, ids) if {
	ids != []
	sure := [claim | some claim in f.elements; claim.element in ids; not claim.confidence == "low"]
	sure == []
}

# METADATA
# title: What is left of an effect
# description: |
#   Data that is protected on every way is allowed, and so is code that meets no customer; what is quiet or guessed is a note
#   at most.
# scope: document
cap(effect, f, ids) := effects[min([rank[effect], rank[most(f, ids)]])]

most(f, ids) := "allow" if {
	f.protected == true
} else := "allow" if {
	f.context.code in data.params.context.exempt
} else := "note" if {
	quiet(f)
} else := "note" if {
	guessed(f, ids)
} else := "deny"
