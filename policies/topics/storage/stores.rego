# METADATA
# title: Storage
# description: |
#   Files, caches, browsers, devices and databases: what stays is encrypted, hashed, tokenised or masked as fits the
#   element.
# custom:
#   title_zh: 存储
package fiduciary.topics.storage

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# Elements of which a control of its own speaks.
others_speak := array.concat(
	array.concat(data.params.storage.verifiers, data.params.storage.tokens),
	data.params.elements.sensitive_authentication,
)

# The exception of PCI DSS 3.3.3: named elements, encrypted on the way, a reason that somebody wrote down.
issuer_may_keep(f) if {
	data.params.storage.issuer.enabled == true
	data.params.storage.issuer.reason != ""
	some protection in f.protections
	protection.kind == "encrypt"
	protection.everywhere == true
}

# The exception is one from the rule about sensitive authentication data: of other elements it says nothing.
excepted := [id |
	some id in data.params.storage.issuer.elements
	id in data.params.elements.sensitive_authentication
]

kept(f) := excepted if {
	issuer_may_keep(f)
} else := []

# METADATA
# title: Stored form of a password
# description: The verifier of a password belongs into a store; where it must not go, other channels say.
# custom:
#   id: storage.hash
#   title_zh: 口令的存储形式
#   description_zh: 口令校验值本应存储；其他渠道另有规定。
#   remediation: Nothing.
#   remediation_zh: 无需处理。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [storage.verifiers]
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.among(f, data.params.storage.verifiers)
	v := judged.verdict("storage.hash", "allow", f, ids)
}

# METADATA
# title: Session token where scripts can read it
# description: 'A session in web storage, a cookie or a file is a weakness: whoever reads it is the customer until it expires.'
# custom:
#   id: storage.token
#   title_zh: 会话令牌存储于可读位置
#   description_zh: 会话令牌存于网页存储、Cookie 或文件中：读取者在有效期内即可冒用客户身份。
#   remediation: Use an HttpOnly, Secure cookie, or keep it in memory.
#   remediation_zh: 使用 HttpOnly、Secure Cookie，或仅保存在内存中。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [storage.tokens]
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.among(f, data.params.storage.tokens)
	v := judged.verdict("storage.token", "warn", f, ids)
}

# METADATA
# title: Sensitive authentication data kept
# description: Card verification codes, track data, PINs and PIN blocks are not kept after authorisation, not even encrypted.
# custom:
#   id: storage.sad
#   title_zh: 留存敏感鉴别数据
#   description_zh: 授权后不得留存卡片验证码、磁道数据、PIN 及 PIN 块，加密亦不得。
#   remediation: Do not store it. An issuer with a documented need sets storage.issuer.
#   remediation_zh: 不得存储。确有书面需要的发卡机构可设置 storage.issuer。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [elements.sensitive_authentication, storage.issuer]
#   waivable: false
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.except(element.among(f, data.params.elements.sensitive_authentication), kept(f))
	v := judged.verdict("storage.sad", "deny", f, ids)
}

# METADATA
# title: Sensitive authentication data kept by an issuer
# description: An issuer may keep it encrypted for a documented need; each place is approved and recorded.
# custom:
#   id: storage.issuer
#   title_zh: 发卡机构留存敏感鉴别数据
#   description_zh: 发卡机构可因书面需要加密留存；每一处均须审批并登记。
#   remediation: Have the place approved and record the need in the storage register.
#   remediation_zh: 审批并在存储登记中说明需要。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [elements.sensitive_authentication, storage.issuer, duties.approver]
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	issuer_may_keep(f)
	ids := element.among(f, excepted)
	v := judged.obliging("storage.issuer", "require_approval", f, ids, [
		{"kind": "approval", "what": data.params.duties.approver.other},
		{"kind": "record", "what": "storage-register"},
	])
}

# METADATA
# title: Secret stored in the clear
# description: What authenticates is stored as a salted hash or encrypted, never as it is.
# custom:
#   id: storage.secret
#   title_zh: 鉴别信息明文存储
#   description_zh: 鉴别信息须加盐哈希或加密后存储，不得明文保存。
#   remediation: Hash passwords with a slow, salted function; encrypt other secrets, or keep them in a vault.
#   remediation_zh: 口令用加盐慢哈希；其他密钥加密或放入密钥库。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [storage.tokens, storage.verifiers]
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.except(element.of_kinds(f, {"secret"}), others_speak)
	v := judged.verdict("storage.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system stored in the clear
# description: It opens a system, and through it the data of many customers; it is no customer’s data itself.
# custom:
#   id: storage.key
#   title_zh: 系统密钥明文存储
#   description_zh: 它可打开系统从而触及众多客户数据，但本身不是客户数据。
#   remediation: Keep it in a vault, or encrypt it.
#   remediation_zh: 放入密钥库或加密。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.except(element.of_kinds(f, {"key"}), others_speak)
	v := judged.verdict("storage.key", "deny", f, ids)
}

# METADATA
# title: C3 data stored in the clear
# description: Whatever the bank classes C3 is stored encrypted, if at all.
# custom:
#   id: storage.c3
#   title_zh: C3 类信息明文存储
#   description_zh: C3 类信息如需存储必须加密。
#   remediation: Encrypt it, or do not store it.
#   remediation_zh: 加密，或不存储。
#   duty: storage
#   channels: [storage]
#   detected: true
#   params: [storage.tokens, storage.verifiers]
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.except(element.of_kinds(f, {"c3"}), others_speak)
	v := judged.verdict("storage.c3", "deny", f, ids)
}

# METADATA
# title: Card number stored in the clear
# description: A card number is unreadable wherever it is stored.
# custom:
#   id: storage.pan
#   title_zh: 银行卡号明文存储
#   description_zh: 银行卡号在任何存储位置均应不可读。
#   remediation: Store a token, a keyed hash, a truncation, or encrypt it.
#   remediation_zh: 存储标记、带密钥哈希、截断值，或加密。
#   duty: storage
#   channels: [storage]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.among(f, ["bank-card-number"])
	v := judged.obliging("storage.pan", "deny", f, ids, [{"kind": "protect", "what": "encrypt"}])
}

# METADATA
# title: Personal data stored unprotected
# description: Personal data in files, caches and browsers is encrypted or masked; the bank’s own databases are judged by their columns.
# custom:
#   id: storage.c2
#   title_zh: 个人信息未加保护存储
#   description_zh: 文件、缓存和浏览器中的个人信息应加密或脱敏；数据库按字段判断。
#   remediation: Encrypt it, mask it, or keep an id.
#   remediation_zh: 加密、脱敏，或只保存标识。
#   duty: storage
#   channels: [storage]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.except(element.of_kinds(f, {"number", "c2"}), array.concat(others_speak, ["bank-card-number"]))
	v := judged.verdict("storage.c2", "warn", f, ids)
}

# METADATA
# title: Internal customer data stored
# description: Told, so that the storage register is complete.
# custom:
#   id: storage.c1
#   title_zh: 存储一般信息
#   description_zh: 仅作提示，以便存储登记完整。
#   remediation: Nothing, unless the data is combined with more.
#   remediation_zh: 无需处理，除非与其他信息组合。
#   duty: storage
#   channels: [storage]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "storage"
	ids := element.except(element.of_kinds(f, {"c1"}), others_speak)
	v := judged.verdict("storage.c1", "note", f, ids)
}
