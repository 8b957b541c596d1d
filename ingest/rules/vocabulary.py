"""The words rules rest on: verbs of asking, actors by their nouns, verbs that begin an order."""

from __future__ import annotations

import re

# Verbs that ask, by what may follow: an addressee and "to do", a clause, or the thing asked for.
# The forms are those of a finite verb or a participle; "may request" and "to urge" do not ask.
ASK_STEMS = {
    "call on": r"call(?:s|ed|ing)?(?: once)?(?: again)? (?:up)?on",
    "call for": r"call(?:s|ed|ing)? for",
    "call": r"call(?:s|ed|ing)?(?= (?:the|their|all|its|our) [^,.;]{3,60} to\b)",
    "urge": r"urg(?:es?|ed|ing)",
    "ask": r"ask(?:s|ed|ing)?",
    "request": r"request(?:s|ed|ing)?",
    "recommend": r"recommend(?:s|ed|ing)?",
    "demand": r"demand(?:s|ed|ing)?",
    "invite": r"invit(?:es?|ed|ing)",
    "encourage": r"encourag(?:es?|ed|ing)",
    "appeal to": r"appeal(?:s|ed|ing)? to",
    "exhort": r"(?:exhort|implor|beseech|petition)(?:e?s|ed?|ing)?",
    "press": r"press(?:es|ed|ing)(?= [A-Z]| the | all )",
    "propose": r"propos(?:es?|ed|ing)",
    "suggest": r"suggest(?:s|ed|ing)?",
    "advise": r"advis(?:es?|ed|ing)",
    "insist": r"insist(?:s|ed|ing)?(?: on)?",
    "instruct": r"instruct(?:s|ed|ing)?",
    "advocate": r"advocat(?:es|ed|ing)(?: for)?",
}
TAKES_ADDRESSEE = {
    "call", "call on", "urge", "ask", "request", "recommend", "invite", "encourage", "appeal to", "exhort",
    "press", "advise", "instruct", "call for",
}  # fmt: skip
TAKES_CLAUSE = {"urge", "ask", "request", "recommend", "demand", "propose", "insist", "suggest"}
TAKES_THING = {"call for", "recommend", "demand", "urge", "request", "advocate", "propose", "encourage"}

ASK = re.compile(
    r"\b(?:" + "|".join(f"(?P<s{i}>{p})" for i, p in enumerate(ASK_STEMS.values())) + r")\b",
    re.IGNORECASE,
)
STEM_NAMES = list(ASK_STEMS)

# Words before a verb of asking that take its force: a power, an intention, a denial.
NO_FORCE = re.compile(
    r"\b(?:may|can|could|might|shall|will|would|should|must|not|never|to|cannot|if|whether|"
    r"without|refuse[sd]?|declined?|n't|n’t|were|was|been|being|be|is|are|any|no|such|as|the|a|an|"
    r"his|her|its|their|this|that|these|those|our|my|your|of|in|on|from|by)$",
    re.IGNORECASE,
)
WISH = re.compile(
    r"(?:would like|wish(?:es)?|want|(?:would )?(?:respectfully |strongly )|ha(?:s|ve) to|writ(?:e|ing)|"
    r"wrote|written|letter) to$|\b(?:is|are|was|were|been|be)$",
    re.IGNORECASE,
)

ACTOR_NOUNS = (
    "government governments administration administrations ministry minister ministries ministers cabinet commission commissioner "
    "commissions committee committees subcommittee council councils parliament parliaments "
    "parliamentarian parliamentarians assembly assemblies congress senate legislature lawmaker lawmakers "
    "legislator legislators court courts tribunal judge judges judiciary authority authorities "
    "agency agencies board bureau bureaus bureaux office offices department departments directorate "
    "secretariat secretary secretary-general state states party parties country countries nation "
    "nations union unions organisation organisations organization organizations group groups coalition "
    "ngo ngos federation association associations institute institution institutions body bodies police "
    "force forces army military prosecutor prosecutors president presidency premier mayor city cities "
    "municipality municipalities leader leaders official officials mp mps mep meps senator senators activist "
    "activists campaigner campaigners lawyer lawyers expert experts rapporteur ombudsman ombudsperson "
    "ambassador delegation delegations company companies enterprise enterprises firm firms operator operators supplier bank "
    "fund network centre center foundation society initiative movement alliance platform forum watch "
    "signatories signatory undersigned community communities stakeholders donors employer employers "
    "university universities trust service services regulator administrator director director-general chair "
    "chairman chairperson member members bloc republic kingdom emirates organ organs registrar defender defenders "
    "partner partners guild chief governor governors treasurer crown holders journalists "
    "observers inspectorate inspector inspectors taskforce troika "
    "resolution letter statement report petition declaration document representatives figures ministerial league campaign charity"
).split()
ACTOR = re.compile(r"(?i:\b(?:" + "|".join(ACTOR_NOUNS) + r"|govt)\b)|\b[A-Z]{2,}\b")
# Nouns that name a document: they ask for their authors, and are asked nothing.
DOCUMENTS = re.compile(r"\b(?:resolution|letter|statement|report|petition|declaration|document)s?$", re.I)

MODAL = re.compile(
    r"\b(?P<modal>should|must|ought to|needs? to|ha(?:s|ve) to|(?:is|are) (?:obliged|required) to|"
    r"shall|(?:is|are) to(?= [a-z]+\b))\b(?! have\b)",
)
# Grounds of a duty: a sentence that names one tells what the law says, and asks for nothing.
LAW = re.compile(
    r"\b(?:under|pursuant to|in accordance with|according to|by virtue of|as required by|as set out"
    r" in)(?: \S+){0,6}? (?:act|articles?|arts?\.|section|rules?|law|statute|constitution|charter|"
    r"convention|regulations?|treaty|code)\b|\bby law\b|\b(?:act|law|statute|rules?|constitution|"
    r"charter|regulations?|convention|treaty|article \d+)s?(?: \S+){0,5}? (?:requires?|required|"
    r"provides?|provided|stipulates?|states?|stated|says?|prescribes?|lays? down)\b",
    re.IGNORECASE,
)
RECOMMENDING = re.compile(
    r"\b(?:recommendations?|recommends?|demands?|(?:our|key|main) asks|calls? to action|calls? on|"
    r"proposals?|what (?:must|should|needs to) (?:change|happen|be done)|next steps|way forward|"
    r"the following (?:steps|measures|action|actions|reforms))\b",
    re.IGNORECASE,
)
# Verbs which begin most written recommendations; a first guess where the layout says little.
ORDERS = frozenset(
    "answer apologise appear arrange block come debate erase get go hire leave let reach receive resign return "
    "show speak switch tell turn abandon abolish accede accelerate accept account acknowledge act adapt address adhere adjust "
    "adopt advance align allocate allow amend apply appoint approve assess assign assist avoid ban "
    "bar begin bring broaden build cancel carry cease change clarify close collect combat commence "
    "commission commit communicate commute compensate complete comply conclude conduct consider "
    "consolidate consult continue convene cooperate coordinate create criminalise criminalize cut "
    "declare decriminalise decriminalize dedicate deepen define delete demand deny deploy designate "
    "develop direct disband disclose discontinue dismiss disseminate draft draw drop eliminate "
    "embed empower enable enact encourage end enforce engage enhance enshrine ensure eradicate "
    "establish evaluate examine exclude exercise expand expedite explain explore expose extend "
    "facilitate finalise finalize find follow foster free fulfil fulfill fund give grant guarantee "
    "halt harmonise harmonize hear help hold honour identify immediately implement impose improve "
    "include incorporate increase inform initiate insert install institute instruct integrate "
    "intensify introduce invest investigate invite issue join keep launch lift limit link lower "
    "maintain make mandate meet mobilise monitor narrow negotiate notify observe offer open oppose "
    "order organise overhaul oversee pass pause pay perform permit persist phase prepare prevent "
    "prioritise prioritize proceed prohibit promote promptly propose prosecute protect provide "
    "publicly publish punish pursue put raise ratify reaffirm recall recognise recognize reconsider "
    "record recruit redouble reduce refer reform refrain refuse regulate reinforce reinstate reject "
    "release relocate remove renew repeal replace report require rescind resist resolve respect "
    "respond restore restrict review revise revoke safeguard scrap seek send separate set share "
    "sign simplify speed stop strengthen strive submit support suspend sustain systematically take "
    "terminate test tighten track train transfer treat undertake update uphold urge use verify "
    "waive warn widen withdraw withhold work".split()
)
