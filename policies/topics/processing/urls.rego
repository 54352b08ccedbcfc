# URLs: they end in histories, proxies and access logs.
package fiduciary.topics.processing

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Secret in a URL
# description: URLs end in histories, proxies and access logs; what authenticates does not belong there.
# custom:
#   id: url.secret
#   title_zh: URL 中的鉴别信息
#   description_zh: URL 会留在浏览历史、代理和访问日志中，不得包含鉴别信息。
#   remediation: Send it in the body or a header.
#   remediation_zh: 改放请求体或请求头。
#   duty: processing
#   channels: [url]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "url"
	ids := element.of_kinds(f, {"secret"})
	v := judged.verdict("url.secret", "deny", f, ids)
}

# METADATA
# title: Key of a system in a URL
# description: Some providers ask for their key in the query; it then stands in their logs and in ours.
# custom:
#   id: url.key
#   title_zh: URL 中的系统密钥
#   description_zh: 部分服务要求在查询参数中携带密钥，密钥因此留在双方日志中。
#   remediation: Use a header where the provider takes one; otherwise give the key few rights and change it often.
#   remediation_zh: 服务支持时改用请求头；否则限制权限并定期更换。
#   duty: processing
#   channels: [url]
#   detected: true
#   params: [elements.system]
verdict contains v if {
	some f in input.findings
	f.channel == "url"
	ids := element.of_kinds(f, {"key"})
	v := judged.verdict("url.key", "warn", f, ids)
}

# METADATA
# title: C3 data in a URL
# description: Whatever the bank classes C3 does not travel in a URL.
# custom:
#   id: url.c3
#   title_zh: URL 中的 C3 类信息
#   description_zh: C3 类信息不得出现在 URL 中。
#   remediation: Send it in the body.
#   remediation_zh: 改放请求体。
#   duty: processing
#   channels: [url]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "url"
	ids := element.of_kinds(f, {"c3"})
	v := judged.verdict("url.c3", "deny", f, ids)
}

# METADATA
# title: Identifying number in a URL
# description: A number that identifies a person or opens an account alone does not travel in a URL.
# custom:
#   id: url.number
#   title_zh: URL 中的证件号或账号
#   description_zh: 可单独识别个人或对应账户的号码不得出现在 URL 中。
#   remediation: Use an internal id in the path, or send the number in the body.
#   remediation_zh: 路径中使用内部编号，或将号码放入请求体。
#   duty: processing
#   channels: [url]
#   detected: true
#   params: [elements.numbers]
verdict contains v if {
	some f in input.findings
	f.channel == "url"
	ids := element.of_kinds(f, {"number"})
	v := judged.verdict("url.number", "deny", f, ids)
}

# METADATA
# title: Personal data in a URL
# description: Personal data in a URL is readable wherever the URL is kept.
# custom:
#   id: url.c2
#   title_zh: URL 中的个人信息
#   description_zh: URL 保存之处均可读到其中的个人信息。
#   remediation: Use an internal id, or send it in the body.
#   remediation_zh: 使用内部编号，或放入请求体。
#   duty: processing
#   channels: [url]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "url"
	ids := element.of_kinds(f, {"c2"})
	v := judged.verdict("url.c2", "warn", f, ids)
}

# METADATA
# title: Internal customer data in a URL
# description: Told, so that the processing record is complete.
# custom:
#   id: url.c1
#   title_zh: URL 中的一般信息
#   description_zh: 仅作提示，以便处理记录完整。
#   remediation: Nothing, unless the data is combined with more.
#   remediation_zh: 无需处理，除非与其他信息组合。
#   duty: processing
#   channels: [url]
#   detected: true
verdict contains v if {
	some f in input.findings
	f.channel == "url"
	ids := element.of_kinds(f, {"c1"})
	v := judged.verdict("url.c1", "note", f, ids)
}
