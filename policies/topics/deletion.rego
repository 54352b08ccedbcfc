# METADATA
# title: Deletion
# description: |
#   What is stored has an end, and a way to it.
# custom:
#   title_zh: 删除
package fiduciary.topics.deletion

import data.fiduciary.lib.absence
import data.fiduciary.lib.judged

# METADATA
# title: Stored without a retention rule
# description: Every store of personal data has a time after which the data goes.
# custom:
#   id: deletion.retention
#   title_zh: 存储无保存期限
#   description_zh: 每处个人信息存储均须有保存期限。
#   remediation: Give the store a rule in the retention register, or an expiry in code.
#   remediation_zh: 在保存期限登记中补充，或在代码中设置过期。
#   duty: deletion
#   channels: [retention]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "retention"
	absence.of(f, "retention")
	v := judged.verdict("deletion.retention", absence.effect(f, "note"), f, absence.ids(f))
}

# METADATA
# title: Stored without a way to delete it
# description: 'Closing an account reaches each store: the data is deleted, made anonymous, or held for a legal reason.'
# custom:
#   id: deletion.path
#   title_zh: 存储无删除途径
#   description_zh: 销户须覆盖每处存储：删除、匿名化，或依法保留。
#   remediation: Delete or anonymise it when the account closes, or register the legal hold.
#   remediation_zh: 销户时删除或匿名化，或登记依法保留。
#   duty: deletion
#   channels: [retention]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "retention"
	absence.of(f, "deletion")
	v := judged.verdict("deletion.path", absence.effect(f, "note"), f, absence.ids(f))
}
