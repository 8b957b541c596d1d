"""Values of a foreign file: texts, numbers, dates and languages as our data may hold them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, SKOS, XSD

from ingest.characters import fault_in
from ingest.dates import read_period
from ingest.rdf.vocabulary import DATATYPES
from ontology.identifiers import curie
from ontology.terms import RG, SKOSXL

LABEL: Final = 160
"""Characters of the longest label or title."""

TEXT: Final = 2000
"""Characters of the longest text."""

LABELS: Final = frozenset(
    map(str, [SKOS.prefLabel, SKOS.altLabel, SKOSXL.literalForm, DCTERMS.title])
)

DATES: Final = {
    str(RG.edtf): (str(RG.earliest), str(RG.latest)),
    str(RG.asOfEdtf): (str(RG.asOfEarliest), str(RG.asOfLatest)),
}
"""The properties that tell a date as its source does, each with those of its first and last day."""

_LANGUAGE: Final = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?"
    r"(-([a-z\d]{5,8}|\d[a-z\d]{3}))*(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)
_FORMS: Final[dict[str, re.Pattern[str]]] = {
    str(XSD.date): re.compile(r"\d{4}-\d\d-\d\d"),
    str(XSD.dateTime): re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)"),
    str(XSD.boolean): re.compile("true|false"),
    str(XSD.integer): re.compile(r"[+-]?\d{1,18}"),
    str(XSD.nonNegativeInteger): re.compile(r"\+?\d{1,18}"),
    str(XSD.decimal): re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?"),
}


def fault_of(literal: ox.Literal, predicate: str) -> tuple[str, str] | None:
    """Say what is wrong with a value, and what to do; None when it may come in."""
    text, datatype = literal.value, literal.datatype.value
    if literal.language is not None and not _LANGUAGE.fullmatch(literal.language):
        return f"has the language “{literal.language[:20]}”, which is none", "Write one like en"
    if datatype not in DATATYPES:
        return f"has the datatype {curie(datatype)[:60]}", "Use a text, number, day or true/false"
    if form := _FORMS.get(datatype):
        good = text.isascii() and form.fullmatch(text) is not None and _is_a_day(text, datatype)
        what = f"is “{text[:40]}”, which is no {curie(datatype)}"
        return None if good else (what, "Write it like 2025-11-24, 12 or true")
    if predicate in DATES:
        return _fault_of_date(text)
    return _fault_of_text(text, LABEL if predicate in LABELS else TEXT)


def _is_a_day(text: str, datatype: str) -> bool:
    if datatype not in (str(XSD.date), str(XSD.dateTime)):
        return True
    try:
        read = dt.date if datatype == str(XSD.date) else dt.datetime
        read.fromisoformat(text)
    except ValueError:
        return False
    return True


def _fault_of_date(text: str) -> tuple[str, str] | None:
    if len(text) > 40:
        return "is too long for a date", "Write 2025, 2025-11 or 2025-11-24"
    try:
        read_period(text)
    except ValueError:
        return f"is “{text}”, which is no date", "Write 2025, 2025-11 or 2025-11-24"
    return None


def _fault_of_text(text: str, longest: int) -> tuple[str, str] | None:
    if len(text) > longest:
        return f"is longer than {longest:,} characters", "Shorten it"
    if longest == LABEL and ("\n" in text or "\r" in text):
        return "has more than one line", "Write a label in one line"
    if not text.strip():
        return "is blank", "Take it out"
    if longest == LABEL and not any(map(str.isalnum, text)):
        return "holds no letter or digit", "Write what can be read"
    if what := fault_in(text):
        return what, "Write it in plain letters"
    return None
