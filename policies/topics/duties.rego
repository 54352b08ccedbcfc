# METADATA
# title: Division of duties
# description: |
#   Each finding belongs to somebody.
# custom:
#   title_zh: 职责分工
package fiduciary.topics.duties

import data.fiduciary.lib.judged

# METADATA
# title: Finding without an owner
# description: 'Whoever runs the business runs its data: each finding belongs to somebody.'
# custom:
#   id: duties.owner
#   title_zh: 发现项无责任人
#   description_zh: 谁管业务谁管数据：每个发现项须有责任人。
#   remediation: Name an owner for the path in CODEOWNERS or in duties.
#   remediation_zh: 在 CODEOWNERS 或 duties 中指定责任人。
#   duty: duties
#   channels: [log, transport, third-party, storage, url, error, response, token, collection, access, use, retention]
#   detected: false
#   params: [duties.require_owner]
#   unknown: a finding without an owner is told only where owners are required
#   unknown_zh: 仅在要求责任人时提示
#   on_unknown: ignore
verdict contains v if {
	data.params.duties.require_owner == true
	some f in input.findings
	f.class in {"C2", "C3"}
	not f.context.owner
	v := judged.verdict("duties.owner", "note", f, [claim.element | some claim in f.elements])
}
