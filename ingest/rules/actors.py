"""Who is asked and who asks: noun phrases around a verb of asking, told by their words."""

from __future__ import annotations

import re

from ingest.rules.vocabulary import ACTOR, ORDERS

DETERMINERS = re.compile(
    r"^(?:(?:the|all|any|each|every|both|its|their|his|her|our|those|these|other|a|an|"
    r"relevant|competent|concerned|respective|remaining)\s+)+(?=\S)",
    re.IGNORECASE,
)
LIGHT = re.compile(
    r"^(?:(?:the|an?|its|their|our|his|her|undersigned|same|said)\s+)+", re.IGNORECASE
)
CUT = re.compile(
    r"\s*(?:,\s*(?:which|who|whose|where|including|in particular|especially|as well as|if|when|"
    r"inter alia|together with|in (?:its|their|his|her|co-?operation|consultation|line|accordance|"
    r"order|light|view)|through|within|under|with|by|at|on|once|again|therefore|pending|without|"
    r"as a)\b.*|\s+(?:who|which|that|where)\s.*|\s+(?:once again|again|therefore|also|immediately|"
    r"urgently|strongly|today|yesterday|publicly|this week|last \w+)$|\s*[(\[].*)$",
    re.IGNORECASE | re.DOTALL,
)
TITLE = r"(?:the|its|their|his|her|our|all|both|other)\s"
JOINT = re.compile(
    rf"\s*(?:,\s*(?:and|or)|,|;|\band\b|\bas well as\b|\bor\b)\s+(?={TITLE})|"
    rf"\s*,\s+and\s+",
    re.I,
)
PRONOUNS = {"it", "they", "them", "he", "she", "him", "her", "itself"}
NAME = re.compile(r"\b[A-Z][\w’'.-]+")
SEASON = (
    r"spring|summer|autumn|fall|winter|morning|afternoon|evening|night|term|session|january|february|"
    r"march|april|may|june|july|august|september|october|november|december"
)
WHEN = re.compile(
    r"^(?:(?:last|this|earlier this|in|on|since|by|late|early)\s)+(?:week|month|year|summer|"
    r"spring|autumn|winter|\w+day|\d{4}|[A-Z]\w+ \d{4}|[A-Z]\w+(?=\sthe\s)),?\s+(?=the\s|"
    r"an?\s|[A-Z])",
    re.IGNORECASE,
)


def tidy(phrase: str) -> str:
    """Return a noun phrase without article, relative clause and brackets."""
    phrase = " ".join(phrase.split()).strip(' ,;:.–—-"“”')
    phrase = re.sub(r"^\d{1,3}\s(?=[A-Z])", "", phrase)  # the number of a note before it
    phrase = re.sub(r"^(?:(?:Sen|Rep|Mr|Mrs|Ms|Dr|Prof|Sir|Gov)\.?\s)+(?=[A-Z])", "", phrase)
    phrase = CUT.sub("", phrase).strip(' ,;:"“”')
    return LIGHT.sub("", phrase)


def is_actor(phrase: str) -> bool:
    """Whether a phrase looks like somebody who can ask or be asked: by a noun or by a name."""
    phrase = phrase.strip()
    if not phrase or len(phrase.split()) > 18:
        return False
    if ACTOR.search(phrase):
        return True
    bare = DETERMINERS.sub("", phrase)
    return bool(NAME.match(bare)) and not re.match(
        r"(?:It|There|This|That|He|She|They|You)\b", bare
    )


def split_actors(phrase: str, *, asked: bool = False) -> list[str]:
    """Cut "the Council, the Commission and the States" into its actors; "Law and Order" stays.

    Two plain nouns ("lawyers and activists") speak as one, but when `asked` each is asked.
    """
    parts = [p for p in JOINT.split(" ".join(phrase.split())) if p.strip()]
    found: list[str] = []
    for part in parts:
        cut = tidy(part)
        for piece in _plain_pairs(cut, asked):
            name = tidy(piece)
            if name and name not in found:
                found.append(name)
    return found


def _plain_pairs(phrase: str, asked: bool) -> list[str]:
    """Cut "France and Spain" or "A, B and C", where every piece is a name or a plain actor."""
    pieces = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", phrase)
    if re.match(r"\w+s\s+of\s", phrase):
        return [phrase]  # "Governments of A and B" are not B
    if len(pieces) == 2 and "," not in phrase:
        one_body = len(pieces[0].split()) == 1 < len(pieces[1].split())
        if one_body and (
            pieces[0].endswith(("ic", "al")) or re.fullmatch(r"[a-z]+[^s]", pieces[0])
        ):
            return [phrase]  # "Economic and Social Council", "member and observer States"
        if not asked and not all(map(NAME.match, pieces)):
            return [phrase]
    named_for = re.match(r"[A-Z]\w*(?:\s\w+)*?\s(?:on|of|for)\s(?=[A-Z])", pieces[0])
    if named_for and not any(ACTOR.search(piece) for piece in pieces[1:]):
        return [phrase]  # "Committee on Economic, Social and Cultural Rights"
    if len(pieces) > 1 and all(_stands_alone(piece) for piece in pieces):
        return pieces
    return [phrase]


def _stands_alone(piece: str) -> bool:
    words = piece.split()
    if not words:
        return False
    if re.match(r"(?:other|several|many)\s", piece) and ACTOR.search(words[-1]):
        return True
    if len(words) == 1:
        return bool(NAME.fullmatch(piece) or ACTOR.fullmatch(piece) or piece.isupper())
    if re.search(r"\b(?:of|for|on)\b", piece):
        return bool(NAME.match(piece)) and is_actor(words[0])
    return bool(ACTOR.search(words[-1])) or all(NAME.match(w) for w in words)


def infinitive(text: str, start: int, limit: int = 260) -> tuple[int, int] | None:
    """Find the "to" of "to do" after `start`: its bounds, or None.

    "parties to the conflict" has a "to" as well: the next word decides.
    """
    window = text[start : start + limit]
    for found in re.finditer(
        r"(?:^|(?<=[\s,–“‘\"-]))to,?\s+[“‘\"]?((?:[\w-]+ly,?\s+)*)([A-Za-z-]+)|\bto:", window
    ):
        if found[0] == "to:":
            return start + found.start(), start + found.end()
        word = found[2].lower()
        if word == "do" and re.match(r"\s+so\b", window[found.end() :]):
            continue  # "those in a position to do so"
        if word in ORDERS or not re.match(
            r"(?:the|an?|its|their|his|her|this|that|these|those|all|any|which|whom|date|"
            r"each|our|it|them)$",
            word,
        ):
            if found[2][0].isupper():
                continue
            return start + found.start(), start + found.end() - len(found[2]) - len(found[1])
        if word in {"all"}:
            continue
    return None


FINITE = re.compile(
    r"\s(?:ha(?:s|ve|d)|is|are|was|were|also|jointly|wrote|sent|issued|published|signed|released|"
    r"adopted|submitted|made|launched|express(?:es|ed)|voiced|sounded)\s"
)
VERBAL = re.compile(
    FINITE.pattern + r"|\s(?:said|says)\s|\s[a-z]+ed\s(?:an?|the|its|their|his|her)\s"
)
REDUCED = re.compile(
    r"\b((?:resolution|letter|statement|report|petition|declaration|appeal|submission|"
    r"document|text))\s+"
    r"(?:\w+ly\s+)?(?:sent|issued|published|signed|endorsed|addressed|dated|adopted|written|titled|"
    r"released|submitted|drafted|entitled|from|by|to|of)\b.*$",
    re.IGNORECASE,
)
# The verb of a sentence whose second verb asks: "The group condemned the raid and called on …".
MAIN_VERB = re.compile(
    r"\s(?:ha(?:s|ve|d)|is|are|was|were|(?:express|welcom|condemn|not|stress|recall|warn|say|"
    r"deplor|criticis|criticiz|"
    r"highlight|describ|accus|denounc|voic|consider|regret|commend|thank|prais|prosecut|"
    r"publish|writ|sign|report|"
    r"explain|stat|argu|remind|underlin|emphasis|emphasiz|support|reject|oppos|examin|observ|remain|remark|conclud|"
    r"acknowledg|recogni[sz]|regrett)(?:e?s|e?d)|"
    r"said|wrote)\s"
)
# A document goes by its title's head: the document titled "X Resolution on Y" is that Resolution.
TITLED = re.compile(
    r"\b(?:document|text|paper) (?:titled|entitled|called) [‘“\"'](?P<title>[^’”\"]+?)"
    r"(?:\s(?:on|for|concerning)\s|[’”\"])"
)
# "the Committee on Economic, Social and Cultural Rights": its commas part no actors.
BODY_ON = re.compile(
    r"(?:(?:[A-Z][\w-]*\s){1,6}and\s(?:the\s)?)?(?:[A-Z][\w-]*\s){0,6}(?:Committee|Commission|Council|Ministry|"
    r"Department|Office|Rapporteur|Centre|Institute)\s(?:on|of|for|against)\s(?:the\s)?[A-Z][\w-]*"
    r"(?:,\s[A-Z][\w-]*)+,?\sand\s[A-Z][\w-]*(?:\s[A-Z][\w-]*)*$"
)
CIRCUMSTANCE = re.compile(
    r"(?:in|on|at|after|before|by|with|for|according|following|last|earlier|as|when|while|despite|"
    r"during|since|under|from|to|meanwhile|however|specifically|moreover|therefore|furthermore|"
    r"instead|also|although|if|then|but|and|so|likewise|similarly|finally|lastly|additionally)\b",
    re.IGNORECASE,
)


def listed_subject(text: str) -> str:
    """Return a subject that is itself a list ("A, B and C"), from a sentence's beginning."""
    body = BODY_ON.search(text)
    if body:
        return body[0]
    segments = [s.strip() for s in text.split(",")]
    while len(segments) > 1 and CIRCUMSTANCE.match(segments[0]):
        segments.pop(0)
    plain = all(0 < len(s.split()) <= 7 and not VERBAL.search(f" {s} ") for s in segments)
    if len(segments) > 1 and plain and re.search(r"(?:^|\s)and\s", segments[-1]):
        return ", ".join(segments)
    return ""


def subject_before(text: str) -> str:
    """Return the subject that ends a stretch of text: "…, the Council of Elders" → it."""
    text = re.sub(r"\s*\([^()]*\)", "", text)
    text = WHEN.sub("", text.lstrip())
    raw = re.sub(r"\s(?:also|further|therefore|again|strongly)\s*$", "", text.rstrip())
    text = " ".join(text.split()).strip(' “"‘(')
    text = re.sub(
        r"(?:\s+|^)(?:(?:has|have|had|is|are|was|were|be|been|also|therefore|again|further|"
        r"strongly|"
        r"repeatedly|hence|today|yesterday|now|once|jointly|publicly|urgently|explicitly|specifically|"
        r"consistently|recently|on \w+day|this week|(?:last|this|earlier this|late last)"
        rf" (?:week|month|year|\w+day|{SEASON})|and|thus|hereby|respectfully|then|already|all|both|"
        r"long)\b[,\s]*)+$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    joined = re.search(
        r"^.*?\b(?:are|is|were|was)\s(?P<first>[A-Z][^,]*?),\s+who,?\s+(?:together|along|"
        r"jointly) with\s(?P<more>.+)$",
        text,
    )
    if joined:
        return f"{joined['first']} and the {joined['more']}"
    relative = re.search(
        r"^(.*?),?\s+(?:who|which|that)(?:,\s+(?:together|along|jointly)\s.*)?$", text
    )
    if relative:
        text = relative[1]
    if re.search(r"\band\s*$", raw) and (verb := MAIN_VERB.search(text)):
        text = text[: verb.start()]
    members = re.search(
        r"^(?P<whole>[^,]+),\s+including\s+(?P<some>(?:the\s+)?[A-Z][^,]*),?$", text
    )
    if members:
        return f"{members['whole']}, the {LIGHT.sub('', members['some'])}"
    text = re.sub(r"\s+including\s.*$", "", text)
    text = re.sub(r",\s+(?:together|along|jointly) with\s.*$", "", text)
    whole = listed_subject(re.split(r"[;:]\s", text)[-1])
    if whole:
        return whole
    titled = TITLED.search(text)
    if titled:
        return titled["title"]
    if not CIRCUMSTANCE.match(text):
        text = REDUCED.sub(r"\1", text)
    segments = [s.strip() for s in re.split(r"[,;:–—]\s+|\s+[–—]\s+", text) if s.strip()]
    for number, segment in enumerate(reversed(segments)):
        opening = re.match(
            r"(?:an?|one|which|who|whose|part|based|founded|led|in|on|at|after|as|for|since)\b",
            segment,
            re.I,
        )
        if opening and number < len(segments) - 1:
            continue
        cut = re.split(
            r"\b(?:that|because|while|when|after|where|whereas|but|although)\s+", segment
        )[-1]
        return cut.strip()
    return ""
