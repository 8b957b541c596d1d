"""The words rules rest on: verbs of asking, actors by their nouns, verbs that begin an order."""

from __future__ import annotations

import re
from importlib.resources import files


def _words(name: str) -> frozenset[str]:
    return frozenset((files("ingest.rules") / name).read_text(encoding="utf-8").split())


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
    "demand": r"demand(?:s|ed|ing)?(?! (?:is|are|was|were|from|side)\b)",
    "invite": r"invit(?:es?|ed|ing)",
    "encourage": r"encourag(?:es?|ed|ing)",
    "appeal to": r"appeal(?:s|ed|ing)? to",
    "exhort": r"(?:exhort|implor|beseech|petition)(?:e?s|ed?|ing)?",
    "press": r"press(?:es|ed|ing)(?= [A-Z]| the | all )",
    "want": r"want(?:s|ed)?",
    "lobby": r"(?:lobb(?:y|ies|ied|ying)(?! (?:of|efforts|firms?)\b)|begg(?:ed|ing)|"
    r"plead(?:s|ed|ing)? with)",
    "propose": r"propos(?:es?|ed|ing)",
    "suggest": r"suggest(?:s|ed|ing)?",
    "advise": r"advis(?:es?|ed|ing)",
    "insist": r"insist(?:s|ed|ing)?(?: on)?",
    "instruct": r"instruct(?:s|ed|ing)?",
    "expect": r"expect",
    "seek": r"(?:seek(?:s|ing)?|sought)(?: the)? (?:support|help|assistance|intervention|"
    r"co-?operation) of",
    "advocate": r"advocat(?:es|ed|ing)(?: for)?",
}
TAKES_ADDRESSEE = {
    "want",
    "lobby",
    "call",
    "call on",
    "urge",
    "ask",
    "request",
    "recommend",
    "invite",
    "encourage",
    "appeal to",
    "exhort",
    "press",
    "advise",
    "instruct",
    "call for",
    "expect",
    "seek",
}
TAKES_CLAUSE = {"urge", "ask", "request", "recommend", "demand", "propose", "insist", "suggest"}
TAKES_THING = {
    "call for",
    "recommend",
    "demand",
    "urge",
    "request",
    "advocate",
    "propose",
    "encourage",
}

ASK = re.compile(
    r"\b(?:" + "|".join(f"(?P<s{i}>{p})" for i, p in enumerate(ASK_STEMS.values())) + r")\b",
    re.IGNORECASE,
)
STEM_NAMES = list(ASK_STEMS)
MOST_VERBS = 40  # in one sentence: no person writes more, and each is searched around

# Words before a verb of asking that take its force: a power, an intention, a denial.
NO_FORCE = re.compile(
    r"\b(?:may|can|could|might|shall|will|would|should|must|not|never|to|cannot|if|whether|\w+n['’]t|"
    r"without|refuse[sd]?|declined?|n't|n’t|were|was|been|being|be|is|are|any|no|such|as|the|a|an|"
    r"his|her|its|their|this|that|these|those|our|my|your|of|in|on|from|by)$",
    re.IGNORECASE,
)
# What people do not ask for: a plan that "called for a bridge".
INANIMATE = re.compile(
    r"\b(?:plan|rule|recipe|deal|agreement|bill|law|contract|schedule|design|situation|time|"
    r"circumstance|budget|strateg(?:y|ie)|failure|cris[ei]s|result|challenge|problem|reality|project|programme|rumour|event)s?$",
    re.IGNORECASE,
)
WISH = re.compile(
    r"(?:would like|wish(?:es)?|want|(?:would )?(?:respectfully |strongly )|ha(?:s|ve) to|"
    r"writ(?:e|ing)|"
    r"wrote|written|letter) to$|\b(?:is|are|was|were|been|be)$",
    re.IGNORECASE,
)

ACTOR_NOUNS = _words("actors.txt")
ACTOR = re.compile(
    r"(?i:\b(?:" + "|".join(sorted(ACTOR_NOUNS, key=len, reverse=True)) + r"|govt)\b)|\b[A-Z]{2,}\b"
)
# Nouns that name a document: they ask for their authors, and are asked nothing.
DOCUMENTS = re.compile(
    r"\b(?:resolution|letter|statement|report|petition|declaration|document)s?$", re.I
)

MODAL = re.compile(
    r"\b(?P<modal>should|must|ought to|needs? to|ha(?:s|ve) to|(?:is|are) (?:obliged|required) to|"
    r"shall|(?:is|are) to(?= [a-z]+\b))\b(?! have\b)",
)
# Grounds of a duty: a sentence that names one tells what the law says, and asks for nothing.
LAW = re.compile(
    r"\b(?:under|pursuant to|in accordance with|according to|by virtue of|as required by|as set out"
    r" in)(?: \S+){0,6}? (?:act|articles?|arts?\.|(?:sub)?section|schedule|"
    r"rules?|law|statute|constitution|charter|"
    r"convention|regulations?|treaty|code)\b|\bby law\b|\b(?:act|law|statute|rules?|constitution|"
    r"charter|regulations?|convention|treaty|article \d+)s?(?: \S+){0,5}? (?:requires?|required|"
    r"provides?|provided|stipulates?|states?|stated|says?|prescribes?|lays? down)\b",
    re.IGNORECASE,
)
RECOMMENDING = re.compile(
    r"\b(?:recommendations?|recommends?|demands?|(?:our|key|main|the) asks|what we (?:want|"
    r"ask|demand)|calls? to action|calls? on|"
    r"proposals?|what (?:must|should|needs to) (?:change|happen|be done)|next steps|way forward|"
    r"the following (?:steps|measures|action|actions|reforms))\b",
    re.IGNORECASE,
)
# Verbs which begin most written recommendations; a first guess where the layout says little.
ORDERS = _words("orders.txt")


def is_order(text: str) -> bool:
    """Whether a text begins as recommendations do: with an order, "to do", or "that"."""
    words = re.findall(r"[A-Za-z'-]+", text[:120])[:4]
    while words and (words[0].lower().endswith("ly") or words[0].lower() in {"further", "also"}):
        words.pop(0)
    if words and words[0].lower() in {"to", "that", "not"}:
        return len(words) > 1
    return bool(words) and words[0].lower() in ORDERS


def is_order_ing(word: str) -> bool:
    """Whether a word is the -ing form of a verb that begins orders ("adopting", "banning")."""
    stem = word.removesuffix("ing")
    return word != stem and bool({stem, stem + "e", stem[:-1]} & ORDERS)
