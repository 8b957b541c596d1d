"""The gate: refuse by name what a free query may not do, before any engine sees it.

The gate is the first of two bars. What it overlooks meets the confined process, which can reach
nothing; what it lets pass must still please the engine's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from graph.freequeries.limits import Limits, QueryRefused, Reason
from graph.freequeries.tokens import Kind, Token, place_of, shortened, tokens_of
from ontology.terms import ID, PREFIXES

BASE: Final = str(ID)
"""What `<actor/interpol>` in a query is read against."""

_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING"]
)
_OPENS: Final = {"{": "}", "(": ")", "[": "]", "<<": ">>", "<<(": ")>>"}
_CODE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00(?:10|0[0-9A-Fa-f])[0-9A-Fa-f]{4})")
_HALF: Final = re.compile("[\ud800-\udfff]")
_WHERE: Final = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.S)
# Among what the parser had expected it tells, in a sentence, what a whole part breaks.
_SENTENCE: Final = re.compile(r"(?:^|, )([A-Z][a-z]+ [^,]*(?: [^,]*)+)")


@dataclass(frozen=True)
class Admitted:
    """A query that may be sent to the process which answers.

    `graphs` are those it names behind FROM, in full, with their places: the process knows which
    graphs there are.
    """

    text: str
    graphs: tuple[tuple[str, int, int], ...] = ()


def admit(query: str, limits: Limits | None = None) -> Admitted:
    """Let a query pass that only reads, here, and is neither too long nor too deep.

    Raises QueryRefused, which names what is refused and where it stands.
    """
    limits = limits or Limits()
    if len(query) > limits.length:
        raise QueryRefused(
            Reason.form,
            f"has {len(query):,} characters, and {limits.length:,} are the limit",
            "Shorten it",
        )
    query = query.removeprefix("\ufeff")
    if half := _HALF.search(query):
        line, column = place_of(query, half.start())
        raise QueryRefused(
            Reason.form, f"U+{ord(half[0]):04X} is half a character", "Save the query as UTF-8",
            line=line, column=column,
        )  # fmt: skip
    tokens = list(tokens_of(query))
    _refuse_what_reaches_out(tokens)
    _refuse_depth(tokens, limits.depth)
    declared = _prefixes(tokens)
    _refuse_another_form(tokens, query)
    _refuse_unknown_prefixes(tokens, declared)
    return Admitted(query, tuple(_graphs(tokens, declared)))


def parse_error(query: str, told: str) -> QueryRefused:
    """Return the refusal for what the parser told: line, column, and what stood there."""
    found = _WHERE.match(told)
    if found is None:
        return QueryRefused(
            Reason.form, f"cannot be answered ({shortened(told, 160)})", "Correct it"
        )
    line, column = int(found[1]), int(found[2])
    tokens = list(tokens_of(query))
    here = [token for token in tokens if (token.line, token.column) >= (line, column)]
    before = " ".join(token.text for token in tokens[: len(tokens) - len(here)][-4:])
    at = f"“{shortened(here[0].text)}”" if here else "the end"
    sentence = _SENTENCE.search(found[3])
    if sentence:
        what = sentence[1][0].lower() + sentence[1][1:].rstrip(". ")
    else:
        what = f"is not SPARQL, at {at} or just before it"
    if before:
        what += f", after “{shortened(before[-60:], 60)}”"
    return QueryRefused(Reason.form, what, "Correct it", line=line, column=column)


def _refused(token: Token, what: str, todo: str, reason: Reason = Reason.forbidden) -> QueryRefused:
    return QueryRefused(reason, what, todo, line=token.line, column=token.column)


def _refuse_what_reaches_out(tokens: Sequence[Token]) -> None:
    for token in tokens:
        spelt = _CODE.sub(lambda found: chr(int(found[1] or found[2], 16)), token.text)
        if token.kind is Kind.word and spelt.upper() in _UPDATES:
            raise _refused(
                token,
                f"{spelt.upper()} changes data or fetches it, and this only reads",
                "Use SELECT, ASK, CONSTRUCT or DESCRIBE",
            )
        if _hides_service(token.kind, spelt.casefold()):
            raise _refused(
                token,
                f"“{shortened(token.text)}”: SERVICE asks another machine, and no query leaves this"
                " one",
                "Take it out; rename a prefix that has `service` in it",
            )
        if token.kind is Kind.word and spelt != token.text:
            raise _refused(
                token,
                f"“{shortened(token.text)}” is a word with letters written as codes",
                "Write the letters themselves",
            )


def _hides_service(kind: Kind, text: str) -> bool:
    """Tell whether the engine may find SERVICE in a piece: it knows no border of a word."""
    if kind is Kind.word:
        return "service" in text
    if kind is Kind.name:
        prefix, _, local = text.partition(":")
        return "service" in prefix or ".service" in local
    return False


def _refuse_depth(tokens: Sequence[Token], depth: int) -> None:
    opened: list[Token] = []
    run = 0
    for token in tokens:
        run = run + 1 if token.kind is Kind.sign and token.text in "!+-^" else 0
        if token.kind is not Kind.sign:
            continue
        if token.text in _OPENS:
            opened.append(token)
        elif token.text in _OPENS.values():
            if not opened or _OPENS[opened[-1].text] != token.text:
                raise _refused(
                    token, f"“{token.text}” closes nothing", "Correct the brackets", Reason.form
                )
            opened.pop()
        if len(opened) + run > depth:
            raise _refused(
                token, f"is nested more than {depth} deep", "Make it flatter", Reason.form
            )
    if opened:
        raise _refused(
            opened[-1], f"“{opened[-1].text}” is never closed", "Correct the brackets", Reason.form
        )


def _prefixes(tokens: Sequence[Token]) -> dict[str, str]:
    """Return the prefixes a query may use: the project's, and those which it declares."""
    known = dict(PREFIXES)
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if _is(word, "PREFIX") and name.kind is Kind.name and iri.kind is Kind.iri:
            known[name.text.rstrip(":")] = iri.text[1:-1]
    return known


def _refuse_another_form(tokens: Sequence[Token], query: str) -> None:
    words = [token for token in tokens if token.kind is Kind.word]
    first = next((word for word in words if not _is(word, "PREFIX", "BASE", "VERSION")), None)
    if first is None:
        line, column = place_of(query, len(query))
        raise QueryRefused(
            Reason.form, "asks nothing", "Write a SELECT, ASK, CONSTRUCT or DESCRIBE",
            line=line, column=column,
        )  # fmt: skip
    if not first.text.upper().startswith(_FORMS):
        raise _refused(
            first,
            f"“{shortened(first.text)}” does not begin a query",
            "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE",
            Reason.form,
        )


def _refuse_unknown_prefixes(tokens: Sequence[Token], known: dict[str, str]) -> None:
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.name and prefix not in known:
            raise _refused(
                token,
                f"the prefix “{shortened(prefix)}:” is not declared",
                "Declare it with PREFIX, or use one of the project's, such as rg: and skos:",
                Reason.form,
            )


def _graphs(tokens: Sequence[Token], known: dict[str, str]) -> list[tuple[str, int, int]]:
    """Return the graphs named behind FROM and FROM NAMED, in full."""
    base = BASE
    found = []
    for i, token in enumerate(tokens):
        after = [one for one in tokens[i + 1 : i + 3] if not _is(one, "NAMED")]
        if not after:
            continue
        if _is(token, "BASE") and after[0].kind is Kind.iri:
            base = _joined(base, after[0])
        if _is(token, "FROM"):
            named = after[0]
            if named.kind is Kind.iri:
                iri = _joined(base, named)
            elif named.kind is Kind.name:
                prefix, _, local = named.text.partition(":")
                iri = known[prefix] + local.replace("\\", "")
            else:
                continue
            found.append((iri, named.line, named.column))
    return found


def _joined(base: str, token: Token) -> str:
    try:
        return urljoin(base, token.text[1:-1])
    except ValueError as error:  # a bracket in the host that is never closed
        what = f"“{shortened(token.text)}” is no address"
        raise _refused(token, what, "Correct it", Reason.form) from error


def _is(token: Token, *words: str) -> bool:
    return token.kind is Kind.word and token.text.upper() in words
