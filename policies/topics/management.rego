# METADATA
# title: Management system
# description: |
#   Every lifecycle stage has its rules; what falls outside is told.
# custom:
#   title_zh: 管理制度
package fiduciary.topics.management

import data.fiduciary.lib.judged

known := {
	"log", "transport", "third-party", "storage", "url", "error", "response", "token",
	"collection", "access", "use", "retention", "literal", "protection",
}

# METADATA
# title: A kind of finding no rule speaks of
# description: What the packs do not know is not allowed in silence.
# custom:
#   id: management.unjudged
#   title_zh: 无规则覆盖的发现项
#   description_zh: 策略未覆盖的情形不得默认放行。
#   remediation: Write a control for this channel.
#   remediation_zh: 为该渠道编写控制。
#   duty: management
#   channels: [all]
#   detected: true
verdict contains v if {
	some f in input.findings
	not f.channel in known
	v := judged.verdict("management.unjudged", "warn", f, [claim.element | some claim in f.elements])
}
