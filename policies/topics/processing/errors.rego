# Error texts: they reach logs, monitors and clients.
package fiduciary.topics.processing

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Secret in an error
# description: Error texts reach logs, monitors and clients; what authenticates does not belong in them.
# custom:
#   id: error.secret
#   title_zh: 错误信息中的鉴别信息
#   description_zh: 错误信息会进入日志、监控和客户端，不得包含鉴别信息。
#   remediation: Name what failed, not the value.
#   remediation_zh: 只说明何处失败，不写出内容。
#   duty: processing
#   channels: [error]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "error"
	ids := element.of_kinds(f, {"secret"})
	v := judged.verdict("error.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system in an error
# description: It opens a system, and through it the data of many customers; it is no customer’s data itself.
# custom:
#   id: error.key
#   title_zh: 错误信息中的系统密钥
#   description_zh: 它可打开系统从而触及众多客户数据，但本身不是客户数据。
#   remediation: Name what failed, not the value.
#   remediation_zh: 只说明何处失败，不写出内容。
#   duty: processing
#   channels: [error]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "error"
	ids := element.of_kinds(f, {"key"})
	v := judged.verdict("error.key", "deny", f, ids)
}

# METADATA
# title: C3 data in an error
# description: Whatever the bank classes C3 is kept out of error texts.
# custom:
#   id: error.c3
#   title_zh: 错误信息中的 C3 类信息
#   description_zh: C3 类信息不得写入错误信息。
#   remediation: Name what failed, not the value.
#   remediation_zh: 只说明何处失败，不写出内容。
#   duty: processing
#   channels: [error]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "error"
	ids := element.of_kinds(f, {"c3"})
	v := judged.verdict("error.c3", "deny", f, ids)
}

# METADATA
# title: Identifying number in an error
# description: An error text travels less surely than a log line, but it travels.
# custom:
#   id: error.number
#   title_zh: 错误信息中的证件号或账号
#   description_zh: 错误信息虽不必然外流，但常会被传播。
#   remediation: Mask the number or give an internal id.
#   remediation_zh: 脱敏，或使用内部编号。
#   duty: processing
#   channels: [error]
#   detected: true
#   params: [elements.numbers]
verdict contains v if {
	some f in input.findings
	f.channel == "error"
	ids := element.of_kinds(f, {"number"})
	v := judged.verdict("error.number", "warn", f, ids)
}

# METADATA
# title: Personal data in an error
# description: Told, because whoever catches the error decides where it goes.
# custom:
#   id: error.any
#   title_zh: 错误信息中的个人信息
#   description_zh: 仅作提示：错误的去向取决于捕获者。
#   remediation: Prefer an internal id.
#   remediation_zh: 优先使用内部编号。
#   duty: processing
#   channels: [error]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "error"
	ids := element.of_kinds(f, {"c2", "c1"})
	v := judged.verdict("error.any", "note", f, ids)
}
