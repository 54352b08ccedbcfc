# METADATA
# title: What a finding's elements are worth
# description: Sorts elements into kinds, so that a control says in one word of which data it speaks.
package fiduciary.lib.element

numbers := {id | some id in data.params.elements.numbers}

keys := {id | some id in data.params.elements.system}

# METADATA
# title: The kind of an element
# description: |
#   key opens a system of the bank and is nobody's data; secret authenticates a customer; c3 is whatever else a bank classes C3; number identifies a person or opens
#   an account alone; c2 identifies with other data or shows finances; c1 is the rest.
# scope: document
kind(claim) := "key" if {
	claim.element in keys
} else := "secret" if {
	claim.nature == "secret"
} else := "c3" if {
	claim.class == "C3"
} else := "number" if {
	claim.element in numbers
} else := "c2" if {
	claim.class == "C2"
} else := "c1"

# METADATA
# title: The ids among claims that are of one of the kinds
# description: Undefined when there are none, so that a control without anything to speak of is silent.
# scope: document
of_kinds(claims, kinds) := ids if {
	ids := [claim.element | some claim in claims; kind(claim) in kinds]
	ids != []
}

# A finding in which no element is known, such as a switched-off check, is judged as the lowest kind.
of_kinds(claims, kinds) := [] if {
	claims == []
	"c1" in kinds
}

# METADATA
# title: The ids among claims that a list names
# scope: document
among(claims, ids) := found if {
	found := [claim.element | some claim in claims; claim.element in ids]
	found != []
}

# METADATA
# title: The claims that a list does not name
# scope: document
outside(claims, ids) := claims if {
	claims == []
} else := left if {
	left := [claim | some claim in claims; not claim.element in ids]
	left != []
}
