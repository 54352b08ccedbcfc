# METADATA
# title: Provision to third parties
# description: |
#   Assessed first, recorded, consented to. What the register covers is in order; the rest asks for an approval or
#   is denied.
# custom:
#   title_zh: 对外提供
package fiduciary.topics.provision

import data.fiduciary.lib.absence
import data.fiduciary.lib.element
import data.fiduciary.lib.judged
import data.fiduciary.lib.vendor

# A safeguard that is missing is no disclosure.
disclosure(f) if {
	f.channel == "third-party"
	f.kind != "absence"
}

# METADATA
# title: Secret to a third party
# description: What authenticates is not given to a third party unless the register names it for this vendor.
# custom:
#   id: third-party.secret
#   title_zh: 向第三方提供鉴别信息
#   description_zh: 除非登记中明确列明，不得向第三方提供鉴别信息。
#   remediation: Remove it from the call.
#   remediation_zh: 从调用中删除。
#   duty: provision
#   channels: [third-party]
#   detected: true
verdict contains v if {
	some f in input.findings
	disclosure(f)
	ids := vendor.uncovered(f, element.of_kinds(f, {"secret"}))
	v := judged.verdict("third-party.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system to a third party
# description: A key is given to the provider that issued it, and to nobody else.
# custom:
#   id: third-party.key
#   title_zh: 向第三方提供系统密钥
#   description_zh: 密钥只交给签发它的服务方。
#   remediation: Remove it from the call.
#   remediation_zh: 从调用中删除。
#   duty: provision
#   channels: [third-party]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	disclosure(f)
	ids := vendor.uncovered(f, element.of_kinds(f, {"key"}))
	v := judged.verdict("third-party.key", "deny", f, ids)
}

# METADATA
# title: C3 data to a third party
# description: Whatever the bank classes C3 stays in the bank unless the register names it for this vendor.
# custom:
#   id: third-party.c3
#   title_zh: 向第三方提供 C3 类信息
#   description_zh: 除非登记中明确列明，C3 类信息不得对外提供。
#   remediation: Remove it from the call.
#   remediation_zh: 从调用中删除。
#   duty: provision
#   channels: [third-party]
#   detected: true
verdict contains v if {
	some f in input.findings
	disclosure(f)
	ids := vendor.uncovered(f, element.of_kinds(f, {"c3"}))
	v := judged.verdict("third-party.c3", "deny", f, ids)
}

# METADATA
# title: Personal data to a third party
# description: 'Assessed first, recorded, and consented to: personal data goes to a vendor that the register permits to have it.'
# custom:
#   id: third-party.c2
#   title_zh: 向第三方提供个人信息
#   description_zh: 先评估、登记并取得同意：个人信息仅可提供给登记允许的第三方。
#   remediation: Remove or pseudonymise it, or have the vendor assessed and registered for it.
#   remediation_zh: 删除或去标识化，或完成评估与登记。
#   duty: provision
#   channels: [third-party]
#   detected: true
#   params: [duties.approver]
verdict contains v if {
	some f in input.findings
	disclosure(f)
	ids := vendor.uncovered(f, element.of_kinds(f, {"number", "c2"}))
	v := judged.obliging("third-party.c2", "require_approval", f, ids, [
		{"kind": "approval", "what": data.params.duties.approver["third-party"]},
		{"kind": "assess", "what": "third-party-register"},
	])
}

# METADATA
# title: Internal customer data to a third party
# description: Told, so that the record of recipients is complete.
# custom:
#   id: third-party.c1
#   title_zh: 向第三方提供一般信息
#   description_zh: 仅作提示，以便接收方记录完整。
#   remediation: Register the vendor.
#   remediation_zh: 登记该第三方。
#   duty: provision
#   channels: [third-party]
#   detected: true
verdict contains v if {
	some f in input.findings
	disclosure(f)
	ids := vendor.uncovered(f, element.of_kinds(f, {"c1"}))
	v := judged.verdict("third-party.c1", "note", f, ids)
}

# METADATA
# title: Data to a vendor that may have it
# description: The register covers the vendor, the class and the element, and the assessment is current.
# custom:
#   id: third-party.registered
#   title_zh: 向登记允许的第三方提供数据
#   description_zh: 登记已涵盖该第三方、类别和要素，且评估在有效期内。
#   remediation: Nothing; the flow stands in the record of recipients.
#   remediation_zh: 无需处理；已列入接收方记录。
#   duty: provision
#   channels: [third-party]
#   detected: true
verdict contains v if {
	some f in input.findings
	disclosure(f)
	ids := [claim.element | some claim in f.elements; vendor.in_order(f, claim)]
	ids != []
	v := judged.verdict("third-party.registered", "allow", f, ids)
}

# METADATA
# title: Provision without a record
# description: Who received what and why is recorded for each provision and kept.
# custom:
#   id: third-party.record
#   title_zh: 对外提供未留存记录
#   description_zh: 每次对外提供的接收方、内容和目的均应记录并留存。
#   remediation: Call the record function beside the provision.
#   remediation_zh: 提供时调用记录函数。
#   duty: provision
#   channels: [third-party]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "third-party"
	absence.of(f, "provision-record")
	v := judged.verdict("third-party.record", absence.effect(f, "warn"), f, absence.ids(f))
}
