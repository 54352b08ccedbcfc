# METADATA
# title: Transmission
# description: |
#   Customer data travels encrypted, and the other side is who it says it is.
# custom:
#   title_zh: 传输
package fiduciary.topics.transmission

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Secret over an open connection
# description: What authenticates travels encrypted, with the other side verified.
# custom:
#   id: transport.secret
#   title_zh: 鉴别信息未加密传输
#   description_zh: 鉴别信息必须加密传输并校验对端。
#   remediation: Use TLS with verification.
#   remediation_zh: 使用经校验的 TLS。
#   duty: transmission
#   channels: [transport]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "transport"
	ids := element.of_kinds(f, {"secret"})
	v := judged.verdict("transport.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system over an open connection
# description: It opens a system, and through it the data of many customers; it is no customer’s data itself.
# custom:
#   id: transport.key
#   title_zh: 系统密钥未加密传输
#   description_zh: 它可打开系统从而触及众多客户数据，但本身不是客户数据。
#   remediation: Use TLS with verification.
#   remediation_zh: 使用经校验的 TLS。
#   duty: transmission
#   channels: [transport]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "transport"
	ids := element.of_kinds(f, {"key"})
	v := judged.verdict("transport.key", "deny", f, ids)
}

# METADATA
# title: C3 data over an open connection
# description: Whatever the bank classes C3 travels encrypted.
# custom:
#   id: transport.c3
#   title_zh: C3 类信息未加密传输
#   description_zh: C3 类信息必须加密传输。
#   remediation: Use TLS with verification.
#   remediation_zh: 使用经校验的 TLS。
#   duty: transmission
#   channels: [transport]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "transport"
	ids := element.of_kinds(f, {"c3"})
	v := judged.verdict("transport.c3", "deny", f, ids)
}

# METADATA
# title: Personal data over an open connection
# description: Personal data travels encrypted, with the other side verified.
# custom:
#   id: transport.c2
#   title_zh: 个人信息未加密传输
#   description_zh: 个人信息必须加密传输并校验对端。
#   remediation: Use https or the encrypted form of the protocol, and leave certificate checks on.
#   remediation_zh: 使用 https 或协议的加密形式，并保持证书校验。
#   duty: transmission
#   channels: [transport]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "transport"
	ids := element.of_kinds(f, {"number", "c2"})
	v := judged.verdict("transport.c2", "deny", f, ids)
}

# METADATA
# title: Open connection
# description: A connection without encryption or verification is a weakness even where nothing recognisable travels.
# custom:
#   id: transport.any
#   title_zh: 未加密的连接
#   description_zh: 未加密或未校验的连接即使未见客户数据也是弱点。
#   remediation: Use the encrypted form of the protocol.
#   remediation_zh: 使用协议的加密形式。
#   duty: transmission
#   channels: [transport]
#   detected: true
#   unknown: a connection whose payload is not known is a warning
#   unknown_zh: 载荷未知的连接作为警告
#   on_unknown: warn
verdict contains v if {
	some f in input.findings
	f.channel == "transport"
	ids := element.of_kinds(f, {"c1"})
	v := judged.verdict("transport.any", "warn", f, ids)
}
