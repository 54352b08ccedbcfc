# METADATA
# title: Incident plan
# description: |
#   What would have to be reported if it ran, to whom, and by when.
# custom:
#   title_zh: 应急预案
package fiduciary.topics.incident

# What the topics that follow data deny or want approved, and of which somebody must be told. All verdicts of a finding
# carry the same grade, so that one of them is enough.
reportable := {said.finding: said.incident |
	some topic in [
		data.fiduciary.topics.access.verdict, data.fiduciary.topics.partners.verdict,
		data.fiduciary.topics.processing.verdict, data.fiduciary.topics.provision.verdict,
		data.fiduciary.topics.storage.verdict, data.fiduciary.topics.transmission.verdict,
		data.fiduciary.topics.use.verdict,
	]
	some said in topic
	said.incident.report != []
}

# METADATA
# title: Would have to be reported
# description: If this flow has run in production, an incident has happened whose report is due; the plan says who calls whom.
# custom:
#   id: incident.reportable
#   title_zh: 须报告的事件
#   description_zh: 若该数据流已在生产运行，则已构成须报告的事件，应按预案报告。
#   remediation: Find out whether it ran; start the incident plan if it did.
#   remediation_zh: 核实是否已运行；如是，启动应急预案。
#   duty: incident
#   channels: [log, transport, third-party, storage, url, error, response, token]
#   detected: true
#   params: [incident.outside, incident.report]
#   unknown: an unknown volume counts as a single customer
#   unknown_zh: 数量未知按单个客户处理
#   on_unknown: ignore
verdict contains v if {
	some f in input.findings
	f.kind == "flow"
	incident := reportable[f.id]
	told := [{"kind": "notify", "what": who} | some who in incident.report]
	v := {
		"finding": f.id,
		"control": "incident.reportable",
		"effect": "note",
		"elements": [claim.element | some claim in f.elements],
		"obligations": told,
		"incident": incident,
	}
}
