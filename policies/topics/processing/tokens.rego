# Tokens: whoever holds one can read it.
package fiduciary.topics.processing

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Secret in a token
# description: Anybody who holds a signed token can read its payload.
# custom:
#   id: token.secret
#   title_zh: 令牌中的鉴别信息
#   description_zh: 持有令牌者均可读取其内容。
#   remediation: Keep it on the server and put an id into the token.
#   remediation_zh: 保存在服务端，令牌中只放标识。
#   duty: processing
#   channels: [token]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "token"
	ids := element.of_kinds(f, {"secret", "c3"})
	v := judged.verdict("token.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system in a token
# description: It opens a system, and through it the data of many customers; it is no customer’s data itself.
# custom:
#   id: token.key
#   title_zh: 令牌中的系统密钥
#   description_zh: 它可打开系统从而触及众多客户数据，但本身不是客户数据。
#   remediation: Keep it on the server.
#   remediation_zh: 保存在服务端。
#   duty: processing
#   channels: [token]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "token"
	ids := element.of_kinds(f, {"key"})
	v := judged.verdict("token.key", "deny", f, ids)
}

# METADATA
# title: Identifying number in a token
# description: Tokens are stored by clients and pass through logs and proxies.
# custom:
#   id: token.number
#   title_zh: 令牌中的证件号或账号
#   description_zh: 令牌保存在客户端，并经过日志和代理。
#   remediation: Put an internal id into the token.
#   remediation_zh: 令牌中只放内部编号。
#   duty: processing
#   channels: [token]
#   detected: true
#   params: [elements.numbers]
verdict contains v if {
	some f in input.findings
	f.channel == "token"
	ids := element.of_kinds(f, {"number"})
	v := judged.verdict("token.number", "deny", f, ids)
}

# METADATA
# title: Personal data in a token
# description: A token should carry what identifies the session, not the person.
# custom:
#   id: token.c2
#   title_zh: 令牌中的个人信息
#   description_zh: 令牌只应标识会话，而非个人。
#   remediation: Look the data up from the id in the token.
#   remediation_zh: 由令牌中的标识查询。
#   duty: processing
#   channels: [token]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "token"
	ids := element.of_kinds(f, {"c2"})
	v := judged.verdict("token.c2", "warn", f, ids)
}

# METADATA
# title: Internal customer data in a token
# description: Told, so that the processing record is complete.
# custom:
#   id: token.any
#   title_zh: 令牌中的一般信息
#   description_zh: 仅作提示，以便处理记录完整。
#   remediation: Leave it out where nobody needs it.
#   remediation_zh: 无需要时不放入。
#   duty: processing
#   channels: [token]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "token"
	ids := element.of_kinds(f, {"c1"})
	v := judged.verdict("token.any", "note", f, ids)
}
