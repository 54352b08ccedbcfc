# METADATA
# title: Safeguards that should be there
# description: A safeguard that was looked for and is not there is judged; one that could not be seen is told, no more.
package fiduciary.lib.absence

# METADATA
# title: The finding says that a safeguard of this name is missing or was not seen
# scope: document
of(f, expected) if {
	f.kind == "absence"
	f.expected == expected
}

# METADATA
# title: The effect by what is known
# scope: document
effect(f, wanted) := "note" if {
	f.kind == "absence"
	not f.evidence == "no"
} else := wanted

# METADATA
# title: The ids of all elements of the finding
# scope: document
ids(f) := [claim.element | some claim in f.elements]
