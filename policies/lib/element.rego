# METADATA
# title: What a finding's elements are worth
# description: Sorts elements into kinds, so that a control says in one word of which data it speaks.
package fiduciary.lib.element

# Sets, and asked by reference: `in` looks at every member.
numbers := {id | some id in data.params.elements.numbers}

keys := {id | some id in data.params.elements.system}

# METADATA
# title: The kind of an element
# description: |
#   key opens a system of the bank and is nobody's data; secret authenticates a customer; c3 is whatever else a bank classes C3; number identifies a person or opens
#   an account alone; c2 identifies with other data or shows finances; c1 is the rest.
# scope: document
kind(claim) := "key" if {
	keys[claim.element]
} else := "secret" if {
	claim.nature == "secret"
} else := "c3" if {
	claim.class == "C3"
} else := "number" if {
	numbers[claim.element]
} else := "c2" if {
	claim.class == "C2"
} else := "c1"

# Once for each finding, because many controls ask.
kinds := {f.id: found |
	some f in input.findings
	found := [kind(claim) | some claim in f.elements]
}

# METADATA
# title: The ids of a finding's elements that are of one of the kinds
# description: Undefined when there are none, so that a control without anything to speak of is silent.
# scope: document
of_kinds(f, wanted) := ids if {
	ids := [f.elements[index].element | some index, found in kinds[f.id]; found in wanted]
	ids != []
}

# A finding in which no element is known, such as a switched-off check, is judged as the lowest kind.
of_kinds(f, wanted) := [] if {
	f.elements == []
	"c1" in wanted
}

# METADATA
# title: The ids of a finding's elements that a list names
# scope: document
among(f, listed) := ids if {
	ids := [claim.element | some claim in f.elements; claim.element in listed]
	ids != []
}

# METADATA
# title: The ids that a list does not name
# description: Undefined when it names them all.
# scope: document
except(ids, listed) := ids if {
	ids == []
} else := left if {
	left := [id | some id in ids; not id in listed]
	left != []
}
