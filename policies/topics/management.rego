# METADATA
# title: Management system
# description: |
#   Every lifecycle stage has its rules; what falls outside is told.
# custom:
#   title_zh: 管理制度
package fiduciary.topics.management

import data.fiduciary.lib.judged

# Of which findings a control says what they mean. Who only adds to that (whose finding it is, whether it is new, whom
# an incident is told to) does not judge.
spoken_of := {said.finding |
	some topic in [
		data.fiduciary.topics.access.verdict, data.fiduciary.topics.collection.verdict,
		data.fiduciary.topics.deletion.verdict, data.fiduciary.topics.partners.verdict,
		data.fiduciary.topics.processing.verdict, data.fiduciary.topics.provision.verdict,
		data.fiduciary.topics.storage.verdict, data.fiduciary.topics.transmission.verdict,
		data.fiduciary.topics.use.verdict,
	]
	some said in topic
}

spoken_of_by_a_bank := {said.finding | some said in data.fiduciary.custom[_].verdict}

# Which safeguards are asked for may depend on the data, so that one nobody asks for here is worth a note: more would weigh
# more than the same safeguard where it is asked for and the data is a mere guess.
weight(f, wanted) := "note" if {
	f.kind == "absence"
} else := wanted

# METADATA
# title: A kind of finding no rule speaks of
# description: What the packs do not know is not allowed in silence.
# custom:
#   id: management.unjudged
#   title_zh: 无规则覆盖的发现项
#   description_zh: 策略未覆盖的情形不得默认放行。
#   remediation: Write a control for this channel.
#   remediation_zh: 为该渠道编写控制。
#   duty: management
#   channels: [all]
#   detected: true
verdict contains v if {
	some f in input.findings
	not spoken_of[f.id]
	not spoken_of_by_a_bank[f.id]
	v := judged.verdict("management.unjudged", weight(f, "warn"), f, [claim.element | some claim in f.elements])
}
