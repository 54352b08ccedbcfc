// What `policy new` writes: a control that works as it is, and its test.

/** File name → text. `name` is the last part of the package. */
export function templateFiles(name: string): ReadonlyMap<string, string> {
  const id = name.replaceAll('_', '-');
  return new Map([
    [`${name}.rego`, `package fiduciary.custom.${name}

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Balance in a log
# description: Operators read logs and have no need of balances.
# custom:
#   id: ${id}.balance-in-log
#   clauses: ["Our rule book 4.2"]
#   remediation: Log the id of the account instead.
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.among(f, ["account-balance"])
	v := judged.verdict("${id}.balance-in-log", "deny", f, ids)
}
`],
    [`${name}_test.rego`, `package fiduciary.custom.${name}_test

import data.fiduciary.custom.${name}
import data.fiduciary.lib.testing

test_a_balance_in_a_log_is_denied if {
	case := {"a": testing.flow("log", [testing.financial("account-balance")])}
	got := testing.outcome(${name}.verdict) with input as testing.batch(case)
	got == {"a": {"${id}.balance-in-log": "deny"}}
}

test_other_data_and_other_channels_are_left_to_others if {
	cases := {
		"name": testing.flow("log", [testing.personal("person-name")]),
		"stored": testing.flow("storage", [testing.financial("account-balance")]),
	}
	got := testing.outcome(${name}.verdict) with input as testing.batch(cases)
	got == {}
}
`],
  ]);
}
