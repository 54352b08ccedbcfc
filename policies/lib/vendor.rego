# METADATA
# title: What the third-party register says of a flow
# description: A vendor that is not known or not registered has no entry; every question about it is answered with no.
package fiduciary.lib.vendor

import data.fiduciary.lib.element

# METADATA
# title: The register's entry of the vendor
# scope: document
entry(f) := data.register.vendors[f.sink.vendor]

# METADATA
# title: Assessed, and the assessment has not run out
# description: A missing date or one that is no date counts as expired.
# scope: document
current(f) if {
	vendor := entry(f)
	is_date(vendor.assessed)
	is_date(vendor.expires)
	vendor.assessed <= input.run.date
	vendor.expires >= input.run.date
}

is_date(text) if {
	count(text) == 10
	text >= "1900-01-01"
	text <= "9999-12-31"
}

# METADATA
# title: The country is one that the register permits
# scope: document
permitted_country(f) if entry(f).country in data.register.countries

permitted_country(f) if entry(f).country in data.params.partners.home

# METADATA
# title: The vendor may receive the class of the element
# description: Who was assessed for a class may have the lower ones too; their names are in the order of their weight.
# scope: document
permits_class(f, claim) if claim.class <= max(entry(f).classes)

# METADATA
# title: The vendor may receive the element
# description: A list of elements, where there is one, is complete. What authenticates is permitted by name only.
# scope: document
permits_element(f, claim) if claim.element in entry(f).elements

permits_element(f, claim) if {
	vendor := entry(f)
	not vendor.elements
	not claim.nature == "secret"
	claim.class != "C3"
}

# METADATA
# title: Nothing in the register speaks against giving this element to this vendor
# scope: document
in_order(f, claim) if {
	current(f)
	permitted_country(f)
	permits_class(f, claim)
	permits_element(f, claim)
}

# METADATA
# title: Those of the ids that the register does not cover
# description: Undefined when it covers all of them.
# scope: document
uncovered(f, ids) := ids if {
	not entry(f)
} else := left if {
	covered := [claim.element | some claim in f.elements; in_order(f, claim)]
	left := element.except(ids, covered)
}
