# METADATA
# title: Continuous improvement and audit
# description: |
#   What was accepted stays what it was, and the rest only shrinks.
# custom:
#   title_zh: 持续改进与审计
package fiduciary.topics.audit

import data.fiduciary.lib.judged

# METADATA
# title: Known finding reaches more data
# description: A finding of the baseline that carries more than it did is not the one that was accepted.
# custom:
#   id: audit.reached
#   title_zh: 已知发现项涉及更多数据
#   description_zh: 基线中的发现项若涉及更多数据，则不再是当初接受的那一项。
#   remediation: Undo the extension, or have it accepted anew.
#   remediation_zh: 撤回扩展，或重新审批。
#   duty: audit
#   channels: [log, transport, third-party, storage, url, error, response, token]
#   detected: true
#   unknown: without a baseline no change is known, and nothing is said
#   unknown_zh: 无基线时不作判断
#   on_unknown: ignore
verdict contains v if {
	some f in input.findings
	f.change == "reached"
	f.class in {"C2", "C3"}
	v := judged.verdict("audit.reached", "warn", f, [claim.element | some claim in f.elements])
}

# METADATA
# title: A change adds a finding
# description: Where the ratchet is on, a change adds nothing about personal data without an approval.
# custom:
#   id: audit.ratchet
#   title_zh: 变更新增发现项
#   description_zh: 启用棘轮后，变更新增的个人信息发现项须审批。
#   remediation: Fix it in the change that brings it, or have it approved.
#   remediation_zh: 在同一变更中修复，或取得审批。
#   duty: audit
#   channels: [log, transport, third-party, storage, url, error, response, token]
#   detected: true
#   params: [audit.ratchet, duties.approver]
#   unknown: without a baseline no change is known, and nothing is said
#   unknown_zh: 无基线时不作判断
#   on_unknown: ignore
verdict contains v if {
	data.params.audit.ratchet == true
	some f in input.findings
	f.kind == "flow"
	f.change in {"introduced", "reached"}
	f.class in {"C2", "C3"}
	v := judged.obliging("audit.ratchet", "require_approval", f, [claim.element | some claim in f.elements], [{
		"kind": "approval",
		"what": data.params.duties.approver.other,
	}])
}
