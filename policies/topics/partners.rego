# METADATA
# title: Partner management
# description: |
#   The third-party register is a reviewed document; a flow that departs from it is judged by how.
# custom:
#   title_zh: 合作方管理
package fiduciary.topics.partners

import data.fiduciary.lib.element
import data.fiduciary.lib.judged
import data.fiduciary.lib.vendor

# A safeguard that is missing is no disclosure.
disclosure(f) if {
	f.channel == "third-party"
	f.kind != "absence"
}

# A region that its customer chooses, or that is the bank's own machine room, says nothing.
undecided := ["chosen", "self-hosted"]

abroad(region) if {
	not region in undecided
	not region in data.params.partners.home
	not region in data.register.countries
}

# METADATA
# title: Vendor not in the register
# description: A vendor that receives customer data stands in the register, with an owner and an assessment.
# custom:
#   id: partner.unregistered
#   title_zh: 第三方未登记
#   description_zh: 接收客户数据的第三方必须登记，并有责任人和评估。
#   remediation: Have the vendor assessed and add it to the register.
#   remediation_zh: 完成评估并登记。
#   duty: partners
#   channels: [third-party]
#   detected: true
#   unknown: a recipient whose vendor is not known counts as not registered
#   unknown_zh: 无法识别的接收方视为未登记
#   on_unknown: fail
verdict contains v if {
	some f in input.findings
	disclosure(f)
	not vendor.entry(f)
	ids := element.of_kinds(f, {"secret", "c3", "number", "c2"})
	v := judged.obliging("partner.unregistered", "require_approval", f, ids, [{"kind": "record", "what": "third-party-register"}])
}

# METADATA
# title: Assessment of the vendor expired
# description: An assessment counts for a time; a missing or malformed date counts as expired.
# custom:
#   id: partner.expired
#   title_zh: 第三方评估已过期
#   description_zh: 评估有有效期；日期缺失或格式错误视为过期。
#   remediation: Assess the vendor again.
#   remediation_zh: 重新评估。
#   duty: partners
#   channels: [third-party]
#   detected: true
#   params: [duties.approver]
#   unknown: a missing or malformed date counts as expired
#   unknown_zh: 日期缺失或错误视为过期
#   on_unknown: fail
verdict contains v if {
	some f in input.findings
	disclosure(f)
	vendor.entry(f)
	not vendor.current(f)
	ids := element.of_kinds(f, {"secret", "c3", "number", "c2"})
	v := judged.obliging("partner.expired", "require_approval", f, ids, [
		{"kind": "approval", "what": data.params.duties.approver["third-party"]},
		{"kind": "assess", "what": "third-party-register"},
	])
}

# METADATA
# title: Class not allowed for the vendor
# description: The register says which classes a vendor may receive.
# custom:
#   id: partner.class
#   title_zh: 第三方不得接收该类别
#   description_zh: 登记规定第三方可接收的类别。
#   remediation: Remove the data, or have the register extended after an assessment.
#   remediation_zh: 删除数据，或评估后变更登记。
#   duty: partners
#   channels: [third-party]
#   detected: true
verdict contains v if {
	some f in input.findings
	disclosure(f)
	vendor.entry(f)
	ids := [claim.element | some claim in f.elements; not vendor.permits_class(f, claim)]
	ids != []
	v := judged.verdict("partner.class", "deny", f, ids)
}

# METADATA
# title: Element not allowed for the vendor
# description: A vendor’s list of elements is complete; what authenticates is permitted by name only.
# custom:
#   id: partner.element
#   title_zh: 第三方不得接收该要素
#   description_zh: 要素清单即为全部；鉴别信息须逐项列明。
#   remediation: Remove the data, or have the register extended after an assessment.
#   remediation_zh: 删除数据，或评估后变更登记。
#   duty: partners
#   channels: [third-party]
#   detected: true
verdict contains v if {
	some f in input.findings
	disclosure(f)
	vendor.entry(f)
	ids := [claim.element | some claim in f.elements; not vendor.permits_element(f, claim)]
	ids != []
	v := judged.verdict("partner.element", "deny", f, ids)
}

# METADATA
# title: Vendor in a country that is not permitted
# description: The register lists the countries in which customer data may be processed.
# custom:
#   id: partner.country
#   title_zh: 第三方所在国家未获许可
#   description_zh: 登记列明可处理客户数据的国家。
#   remediation: Use a region that is permitted, or have the transfer assessed and the country added.
#   remediation_zh: 改用允许的地区，或评估后增列国家。
#   duty: partners
#   channels: [third-party]
#   detected: true
#   unknown: an entry without a country is not permitted
#   unknown_zh: 未填国家视为不允许
#   on_unknown: fail
verdict contains v if {
	some f in input.findings
	disclosure(f)
	vendor.entry(f)
	not vendor.permitted_country(f)
	ids := element.of_kinds(f, {"secret", "c3", "number", "c2"})
	v := judged.verdict("partner.country", "deny", f, ids)
}

# METADATA
# title: Unregistered vendor abroad
# description: A vendor that processes abroad by default needs a basis for the transfer, beyond its assessment.
# custom:
#   id: partner.abroad
#   title_zh: 未登记的境外第三方
#   description_zh: 默认在境外处理的第三方，除评估外还须具备出境依据。
#   remediation: Choose a region at home, or document the basis of the transfer in the register.
#   remediation_zh: 选择境内区域，或在登记中说明出境依据。
#   duty: partners
#   channels: [third-party]
#   detected: true
#   params: [partners.home]
#   unknown: a vendor whose region is chosen by its customer or not known is judged by the register alone
#   unknown_zh: 区域可选或未知的第三方仅按登记判断
#   on_unknown: ignore
verdict contains v if {
	some f in input.findings
	disclosure(f)
	not vendor.entry(f)
	abroad(f.sink.region)
	ids := element.of_kinds(f, {"secret", "c3", "number", "c2"})
	v := judged.obliging("partner.abroad", "require_approval", f, ids, [{"kind": "assess", "what": "cross-border"}])
}
