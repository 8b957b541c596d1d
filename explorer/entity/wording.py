"""What was asked, what was drafted, what was adopted: side by side, in our summaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib.namespace import PROV

from explorer.entity.history import said
from explorer.entitypages import link_to
from explorer.languages.saying import data_language, say
from explorer.markup import Html, element, joined, table
from explorer.session import Session
from graph.answers import Entity, WhatHappenedToRow
from graph.entities import describe


def wording(session: Session, rows: Sequence[WhatHappenedToRow]) -> Html:
    """Return a table of what was asked, its draft and what was adopted, by article.

    `rows` are assessments; those that name no text are left out.
    """
    found: dict[tuple[str, str], list[WhatHappenedToRow]] = {}
    for row in rows:
        if row.provision:
            found.setdefault((row.recommendation, row.provision), []).append(row)
    lines = [_line(session, *pair, assessed) for pair, assessed in found.items()]
    header = (
        say("Asked"),
        say("Draft"),
        say("Adopted"),
        say("Who says that one came of the other"),
    )
    return table(header, lines, say("Asked, drafted, adopted")) if lines else joined()


def _line(
    session: Session, recommendation: str, provision: str, rows: Iterable[WhatHappenedToRow]
) -> tuple[Html, Html, Html, Html]:
    adopted = describe(session.store, provision)
    drafts = [
        line.value for line in adopted.statements
        if line.outgoing and line.property == str(PROV.wasRevisionOf)
    ]  # fmt: skip
    drafted = [_text(describe(session.store, draft)) for draft in drafts]
    return (
        _text(describe(session.store, recommendation)),
        joined(drafted) if drafted else element("span", say("not recorded"), class_="rg-muted"),
        _text(adopted),
        joined(element("div", said(session, row)) for row in rows),
    )


def _text(entity: Entity) -> Html:
    """Return the name of a text or recommendation with our summary of what it says."""
    return element(
        "div",
        element("strong", link_to(entity.iri, entity.label, data_language())),
        element("div", entity.summary, class_="rg-small", dir="auto", lang=data_language())
        if entity.summary
        else None,
    )
