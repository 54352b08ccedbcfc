# Values in the source, and protections that do not protect.
package fiduciary.topics.storage

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Secret or C3 value in the source
# description: A real secret in source is known to everybody who reads the code, for as long as its history is kept.
# custom:
#   id: literal.c3
#   title_zh: 源码中的鉴别信息
#   description_zh: 写入源码的鉴别信息，凡能读代码者皆知，且长期留在历史中。
#   remediation: Take it from a vault; replace the value that was exposed.
#   remediation_zh: 改由密钥库读取，并更换已暴露的值。
#   duty: storage
#   channels: [literal]
#   detected: false
verdict contains v if {
	some f in input.findings
	f.channel == "literal"
	ids := element.of_kinds(f, {"key", "secret", "c3"})
	v := judged.verdict("literal.c3", "deny", f, ids)
}

# METADATA
# title: Customer data in the source
# description: Numbers with valid check digits in source and fixtures may be those of real people.
# custom:
#   id: literal.any
#   title_zh: 源码中的客户数据
#   description_zh: 源码和样例中校验位正确的号码可能属于真实客户。
#   remediation: Use published test numbers, or generate them.
#   remediation_zh: 使用公开测试号码或自动生成。
#   duty: storage
#   channels: [literal]
#   detected: false
verdict contains v if {
	some f in input.findings
	f.channel == "literal"
	ids := element.of_kinds(f, {"number", "c2", "c1"})
	v := judged.verdict("literal.any", "warn", f, ids)
}

# METADATA
# title: Weak protection of a secret
# description: Fast or unsalted hashes, old ciphers and encodings do not protect what authenticates.
# custom:
#   id: protection.c3
#   title_zh: 鉴别信息保护强度不足
#   description_zh: 快速或无盐哈希、旧算法及编码不足以保护鉴别信息。
#   remediation: Use argon2, bcrypt or scrypt for passwords, AES-GCM or SM4 for others.
#   remediation_zh: 口令用 argon2、bcrypt 或 scrypt，其他用 AES-GCM 或 SM4。
#   duty: storage
#   channels: [protection]
#   detected: false
verdict contains v if {
	some f in input.findings
	f.channel == "protection"
	ids := element.of_kinds(f, {"key", "secret", "c3"})
	v := judged.verdict("protection.c3", "deny", f, ids)
}

# METADATA
# title: Weak protection
# description: An unkeyed hash of a number that can be tried out, an old cipher or mode, or a mask that shows too much.
# custom:
#   id: protection.any
#   title_zh: 保护强度不足
#   description_zh: 可被穷举的无密钥哈希、过时算法或模式、露出过多的脱敏。
#   remediation: Use a keyed hash, a current cipher, or show less.
#   remediation_zh: 使用带密钥哈希、现行算法，或减少显示位数。
#   duty: storage
#   channels: [protection]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "protection"
	ids := element.of_kinds(f, {"number", "c2", "c1"})
	v := judged.verdict("protection.any", "warn", f, ids)
}
