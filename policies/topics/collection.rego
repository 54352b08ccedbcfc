# METADATA
# title: Collection
# description: |
#   Lawful, necessary, with express consent.
# custom:
#   title_zh: 收集
package fiduciary.topics.collection

import data.fiduciary.lib.absence
import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Collection without consent
# description: A consent check stands before the first use of what an entry point takes in.
# custom:
#   id: collection.consent
#   title_zh: 未经同意收集
#   description_zh: 入口收集的信息在首次使用前须检查同意。
#   remediation: Call the project’s consent guard before the data is used.
#   remediation_zh: 使用前调用同意检查。
#   duty: collection
#   channels: [collection]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "collection"
	absence.of(f, "consent")
	v := judged.verdict("collection.consent", absence.effect(f, "warn"), f, absence.ids(f))
}

# METADATA
# title: Sensitive data without a consent of its own
# description: Biometrics, accounts, movements, health and children’s data are asked for separately.
# custom:
#   id: collection.separate-consent
#   title_zh: 敏感信息未取得单独同意
#   description_zh: 生物识别、账户、行踪、健康及未成年人信息须单独同意。
#   remediation: Ask for a separate consent and pass its id to the guard.
#   remediation_zh: 取得单独同意并将其编号传入检查。
#   duty: collection
#   channels: [collection]
#   detected: false
#   params: [elements.separate_consent]
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "collection"
	absence.of(f, "separate-consent")
	ids := element.among(f, data.params.elements.separate_consent)
	v := judged.verdict("collection.separate-consent", absence.effect(f, "require_approval"), f, ids)
}

# METADATA
# title: Children’s data without a guardian
# description: For a child under fourteen the guardian consents.
# custom:
#   id: collection.minor
#   title_zh: 未经监护人同意收集未成年人信息
#   description_zh: 不满十四周岁未成年人信息须监护人同意。
#   remediation: Call the guardian-consent guard.
#   remediation_zh: 调用监护人同意检查。
#   duty: collection
#   channels: [collection]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "collection"
	absence.of(f, "guardian-consent")
	v := judged.verdict("collection.minor", absence.effect(f, "require_approval"), f, absence.ids(f))
}

# METADATA
# title: Collected beyond the declared purpose
# description: What an entry point takes in stands in the collection register and is needed for the service.
# custom:
#   id: collection.minimum
#   title_zh: 超范围收集
#   description_zh: 收集的信息须在收集登记中且为服务所必需。
#   remediation: Stop asking for it, or declare its purpose.
#   remediation_zh: 停止收集，或声明其目的。
#   duty: collection
#   channels: [collection]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "collection"
	absence.of(f, "declared-purpose")
	v := judged.verdict("collection.minimum", absence.effect(f, "warn"), f, absence.ids(f))
}
