# METADATA
# title: Access control
# description: |
#   Who asks is known and may see it, sees what is needed and no more, and the access is recorded.
# custom:
#   title_zh: 访问控制
package fiduciary.topics.access

import data.fiduciary.lib.absence
import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# Tokens of which a control of its own speaks.
others_speak := array.concat(data.params.access.issued, data.params.access.delegated)

# METADATA
# title: Token handed to its owner
# description: Answers that begin a session carry its token; that is their purpose.
# custom:
#   id: response.token
#   title_zh: 向本人签发的令牌
#   description_zh: 建立会话的应答本应携带令牌。
#   remediation: Nothing, if the answer goes to the owner alone.
#   remediation_zh: 若仅返回给本人，无需处理。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [access.issued]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.among(f, data.params.access.issued)
	v := judged.verdict("response.token", "allow", f, ids)
}

# METADATA
# title: Access or refresh token in an answer
# description: A token that opens another system is kept on the server; whoever holds it reads there what the customer can.
# custom:
#   id: response.delegated-token
#   title_zh: 应答中的访问令牌或刷新令牌
#   description_zh: 可打开其他系统的令牌应保存在服务端；持有者可读取客户在该系统中的数据。
#   remediation: Keep it on the server, next to the session; answer with what was asked for.
#   remediation_zh: 将其与会话一同保存在服务端，仅返回所请求的数据。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [access.delegated]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.among(f, data.params.access.delegated)
	v := judged.verdict("response.delegated-token", "note", f, ids)
}

# METADATA
# title: Secret in an answer
# description: Passwords, their hashes and keys never leave the system in an answer.
# custom:
#   id: response.secret
#   title_zh: 应答中的鉴别信息
#   description_zh: 口令、口令哈希及密钥不得出现在应答中。
#   remediation: Select the fields of the answer instead of returning the record.
#   remediation_zh: 按字段返回，不要返回整条记录。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [access.issued, access.delegated]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.except(element.of_kinds(f, {"secret"}), others_speak)
	v := judged.verdict("response.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system in an answer
# description: It opens a system, and through it the data of many customers; it is no customer’s data itself.
# custom:
#   id: response.key
#   title_zh: 应答中的系统密钥
#   description_zh: 它可打开系统从而触及众多客户数据，但本身不是客户数据。
#   remediation: Select the fields of the answer instead of returning settings or records whole.
#   remediation_zh: 按字段返回，不要整体返回配置或记录。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.except(element.of_kinds(f, {"key"}), others_speak)
	v := judged.verdict("response.key", "deny", f, ids)
}

# METADATA
# title: C3 data in an answer
# description: Whatever the bank classes C3 is not shown or returned.
# custom:
#   id: response.c3
#   title_zh: 应答中的 C3 类信息
#   description_zh: C3 类信息不得展示或返回。
#   remediation: Select the fields of the answer.
#   remediation_zh: 按字段返回。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [access.issued, access.delegated]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.except(element.of_kinds(f, {"c3"}), others_speak)
	v := judged.verdict("response.c3", "deny", f, ids)
}

# METADATA
# title: Identifying number in an answer, unmasked
# description: Full numbers are shown to those with a need only; others see them masked, and the mask is applied before the data is sent.
# custom:
#   id: response.number
#   title_zh: 应答中的证件号或账号未脱敏
#   description_zh: 完整号码仅供确有需要者查看；其余应在发送前脱敏。
#   remediation: Mask the number in the answer, or return it behind a reveal action that is logged.
#   remediation_zh: 在应答中脱敏，或仅在有记录的查看操作后返回。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [elements.numbers, access.issued]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.except(element.of_kinds(f, {"number"}), others_speak)
	v := judged.verdict("response.number", "warn", f, ids)
}

# METADATA
# title: Answer wider than needed
# description: 'Told: an answer should carry the fields its reader needs.'
# custom:
#   id: response.any
#   title_zh: 应答超出所需
#   description_zh: 提示：应答只应包含所需字段。
#   remediation: Declare the shape of the answer and select its fields.
#   remediation_zh: 声明应答结构并按字段选取。
#   duty: access
#   channels: [response]
#   detected: true
#   params: [access.issued, access.delegated]
verdict contains v if {
	some f in input.findings
	f.channel == "response"
	ids := element.except(element.of_kinds(f, {"c2", "c1"}), others_speak)
	v := judged.verdict("response.any", "note", f, ids)
}

# METADATA
# title: Customer data without authentication
# description: Whoever asks for customer data is identified first.
# custom:
#   id: access.authentication
#   title_zh: 未经身份认证返回客户数据
#   description_zh: 获取客户数据前必须认证身份。
#   remediation: Put the handler behind the project’s authentication guard.
#   remediation_zh: 将该处理函数置于身份认证之后。
#   duty: access
#   channels: [access]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "access"
	absence.of(f, "authentication")
	v := judged.verdict("access.authentication", absence.effect(f, "warn"), f, absence.ids(f))
}

# METADATA
# title: Customer data without authorisation
# description: Who is identified may still not see every customer.
# custom:
#   id: access.authorisation
#   title_zh: 未经授权检查返回客户数据
#   description_zh: 通过认证者也不得查看所有客户。
#   remediation: Check role and ownership before the data is read.
#   remediation_zh: 读取前检查角色和归属。
#   duty: access
#   channels: [access]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "access"
	absence.of(f, "authorisation")
	v := judged.verdict("access.authorisation", absence.effect(f, "warn"), f, absence.ids(f))
}

# METADATA
# title: Access without an access log
# description: Who saw whose data, when and why is recorded, without the values.
# custom:
#   id: access.log
#   title_zh: 访问未留痕
#   description_zh: 记录何人、何时、因何查看了何人数据，但不记录内容。
#   remediation: Call the audit logger on every way out of the handler.
#   remediation_zh: 在处理函数的每个出口调用审计日志。
#   duty: access
#   channels: [access]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "access"
	absence.of(f, "access-log")
	v := judged.verdict("access.log", absence.effect(f, "warn"), f, absence.ids(f))
}

# METADATA
# title: Risky operation without a second factor
# description: Transfers, password changes, full numbers and bulk exports ask for a second factor.
# custom:
#   id: access.step-up
#   title_zh: 高风险操作缺少多因素认证
#   description_zh: 转账、改密、查看完整号码和批量导出须多因素认证。
#   remediation: Put the operation behind the step-up guard.
#   remediation_zh: 将该操作置于加强认证之后。
#   duty: access
#   channels: [access]
#   detected: false
#   unknown: a safeguard that could not be seen is a note
#   unknown_zh: 未能看到的措施只作提示
#   on_unknown: note
verdict contains v if {
	some f in input.findings
	f.channel == "access"
	absence.of(f, "step-up")
	v := judged.verdict("access.step-up", absence.effect(f, "warn"), f, absence.ids(f))
}
