# METADATA
# title: Processing
# description: |
#   Logs, URLs, error texts and tokens: places through which data passes while it is processed, and where it
#   outlives its use and meets readers nobody chose.
# custom:
#   title_zh: 处理
package fiduciary.topics.processing

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Operational id in a log
# description: Ids without which operations could not find a case again may stand in a log; they are told so that the list stays short.
# custom:
#   id: log.low
#   title_zh: 日志中的业务标识
#   description_zh: 排查问题所需的业务标识可以写入日志；仍作提示，以便控制范围。
#   remediation: Nothing, as long as the log stays inside; otherwise use a keyed digest.
#   remediation_zh: 日志仅限内部使用时无需处理；否则改用带密钥的摘要。
#   duty: processing
#   channels: [log]
#   detected: true
#   params: [processing.log_low]
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.among(f, data.params.processing.log_low)
	v := judged.verdict("log.low", "note", f, ids)
}

# METADATA
# title: Secret in a log
# description: What authenticates a customer or a system never stands in a log, in no form.
# custom:
#   id: log.secret
#   title_zh: 日志中的鉴别信息
#   description_zh: 用于鉴别客户或系统身份的信息不得以任何形式写入日志。
#   remediation: Remove it from the log call; log the result of the check instead.
#   remediation_zh: 从日志中删除，只记录校验结果。
#   duty: processing
#   channels: [log]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.of_kinds(f, {"secret"})
	v := judged.verdict("log.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system in a log
# description: It opens a system, and through it the data of many customers; it is no customer’s data itself.
# custom:
#   id: log.key
#   title_zh: 日志中的系统密钥
#   description_zh: 它可打开系统从而触及众多客户数据，但本身不是客户数据。
#   remediation: Remove it from the log call, and replace the key that was logged.
#   remediation_zh: 从日志中删除，并更换已写入日志的密钥。
#   duty: processing
#   channels: [log]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.of_kinds(f, {"key"})
	v := judged.verdict("log.key", "deny", f, ids)
}

# METADATA
# title: C3 data in a log
# description: Whatever the bank classes C3 is kept out of logs.
# custom:
#   id: log.c3
#   title_zh: 日志中的 C3 类信息
#   description_zh: C3 类信息不得写入日志。
#   remediation: Remove it from the log call.
#   remediation_zh: 从日志中删除。
#   duty: processing
#   channels: [log]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.of_kinds(f, {"c3"})
	v := judged.verdict("log.c3", "deny", f, ids)
}

# METADATA
# title: Identifying number in a log
# description: A number that identifies a person or opens an account alone stands in a log masked at most.
# custom:
#   id: log.number
#   title_zh: 日志中的证件号或账号
#   description_zh: 可单独识别个人或对应账户的号码，写入日志前必须脱敏。
#   remediation: Log an internal id, or mask the number first.
#   remediation_zh: 改为记录内部编号，或先脱敏。
#   duty: processing
#   channels: [log]
#   detected: true
#   params: [elements.numbers]
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.of_kinds(f, {"number"})
	v := judged.verdict("log.number", "deny", f, ids)
}

# METADATA
# title: Personal data in a log
# description: Logs are copied and read far beyond the people who may see a customer; personal data in them should be masked.
# custom:
#   id: log.c2
#   title_zh: 日志中的个人信息
#   description_zh: 日志的读者远多于有权查看客户信息的人员，其中的个人信息应当脱敏。
#   remediation: Mask the value, or log an internal id.
#   remediation_zh: 脱敏，或记录内部编号。
#   duty: processing
#   channels: [log]
#   detected: true
#   params: [processing.log_low]
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.except(element.of_kinds(f, {"c2"}), data.params.processing.log_low)
	v := judged.verdict("log.c2", "warn", f, ids)
}

# METADATA
# title: Internal customer data in a log
# description: Data of the lowest class is told, so that the processing record is complete.
# custom:
#   id: log.c1
#   title_zh: 日志中的一般信息
#   description_zh: 最低类别的信息仅作提示，以便处理记录完整。
#   remediation: Leave it out where nobody needs it.
#   remediation_zh: 无需要时不记录。
#   duty: processing
#   channels: [log]
#   detected: true
#   params: [processing.log_low]
verdict contains v if {
	some f in input.findings
	f.channel == "log"
	ids := element.except(element.of_kinds(f, {"c1"}), data.params.processing.log_low)
	v := judged.verdict("log.c1", "note", f, ids)
}
