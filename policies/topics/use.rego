# METADATA
# title: Use
# description: |
#   Data serves the purpose it was collected for.
# custom:
#   title_zh: 使用
package fiduciary.topics.use

import data.fiduciary.lib.absence
import data.fiduciary.lib.element
import data.fiduciary.lib.judged
import data.fiduciary.lib.vendor

financial(f) := ids if {
	ids := [claim.element | some claim in f.elements; claim.nature == "financial"; claim.class != "C1"]
	ids != []
}

# METADATA
# title: Use outside the purpose
# description: Data is used for the purpose it was collected for.
# custom:
#   id: use.purpose
#   title_zh: 超出目的使用
#   description_zh: 数据仅用于收集时的目的。
#   remediation: Obtain consent for the new purpose, or use anonymous data.
#   remediation_zh: 就新目的取得同意，或使用匿名化数据。
#   duty: use
#   channels: [use]
#   detected: false
#   unknown: where no purpose is declared, nothing is said
#   unknown_zh: 未声明目的时不作判断
#   on_unknown: ignore
verdict contains v if {
	some f in input.findings
	f.channel == "use"
	v := judged.verdict("use.purpose", "warn", f, [claim.element | some claim in f.elements])
}

# METADATA
# title: Financial data for marketing
# description: Account numbers, balances and transactions were not entrusted to the bank for advertising and profiling.
# custom:
#   id: use.marketing
#   title_zh: 金融信息用于营销
#   description_zh: 账号、余额和交易信息不得用于广告与画像。
#   remediation: Remove it from the event; count what happened, not with whom or how much.
#   remediation_zh: 从事件中删除；只统计行为，不带对象和金额。
#   duty: use
#   channels: [third-party]
#   detected: true
#   params: [use.marketing]
#   unknown: a vendor whose category is not known is no marketing vendor
#   unknown_zh: 类别未知的第三方不视为营销方
#   on_unknown: ignore
verdict contains v if {
	some f in input.findings
	f.channel == "third-party"
	f.sink.category in data.params.use.marketing
	ids := vendor.uncovered(f, financial(f))
	v := judged.verdict("use.marketing", "deny", f, ids)
}

# METADATA
# title: Customer data in a prompt
# description: What a language model is asked with leaves the bank and may train the next one; a registered model and a redactor come first.
# custom:
#   id: use.model
#   title_zh: 客户数据进入大模型
#   description_zh: 提示词会离开银行并可能被用于训练；须先登记模型并脱敏。
#   remediation: Redact the prompt, or have the model registered for these elements.
#   remediation_zh: 对提示词脱敏，或登记该模型。
#   duty: use
#   channels: [third-party]
#   detected: true
#   params: [use.models, duties.approver]
#   unknown: a vendor whose category is not known is no model
#   unknown_zh: 类别未知的第三方不视为模型
#   on_unknown: ignore
verdict contains v if {
	some f in input.findings
	f.channel == "third-party"
	f.sink.category in data.params.use.models
	ids := vendor.uncovered(f, element.of_kinds(f, {"secret", "c3", "number", "c2"}))
	v := judged.obliging("use.model", "require_approval", f, ids, [
		{"kind": "approval", "what": data.params.duties.approver["third-party"]},
		{"kind": "protect", "what": "redact"},
	])
}

# METADATA
# title: Look-up without a reason
# description: Staff who look a customer up give a reason, and where it is needed an approval.
# custom:
#   id: use.reason
#   title_zh: 查询未说明理由
#   description_zh: 员工查询客户信息须说明理由，必要时审批。
#   remediation: Require a reason in the request and hand it to the audit logger.
#   remediation_zh: 请求中要求填写理由并写入审计日志。
#   duty: use
#   channels: [access]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "access"
	absence.of(f, "reason")
	v := judged.verdict("use.reason", absence.effect(f, "warn"), f, absence.ids(f))
}
