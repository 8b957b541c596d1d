"""One instrument: its versions in time, what changed in which article, and who asked for that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from explorer.entity.choosing import chosen, meant, of_kind, say_empty
from explorer.entity.keeping import keep
from explorer.entity.parts import Part, cards, facts, show_parts
from explorer.entity.telling import (
    also_called,
    assessment,
    choice,
    claims,
    force_in_words,
    recommendations,
    tie,
)
from explorer.entity.wording import wording
from explorer.entitypages import TEXTS, in_english, named
from explorer.languages.saying import data_language, listed, say
from explorer.markup import Html, element, joined, plain, say_html
from explorer.quoting import passage_fold
from explorer.screen import ask_day, put, put_title
from explorer.session import Session, current
from explorer.voices import items_of
from explorer.words import date_in_words, in_time, word
from graph.answers import (
    Entity,
    Iris,
    WhatChangedRow,
    WhatHappenedToRow,
    WhatIsSaidAboutRow,
    WhichRecommendationsRow,
    WhoseRulesBindTheDataRow,
)
from graph.entities import describe, ties
from graph.instruments import instruments_of
from graph.lasting import Text, texts
from graph.lookups import TieRow
from graph.questions import (
    what_changed,
    what_happened_to,
    what_is_said_about,
    which_recommendations,
    whose_rules_bind_the_data,
)
from ontology.identifiers import parse
from ontology.terms import ELI, RG, local_name


def show() -> None:
    """Show the page."""
    session = current()
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    as_of = ask_day(right, say("Only what was said by this day. Empty: all that is known."))
    with left:
        options = of_kind(session.names, "instrument")
        instrument = chosen("instrument", options, session.names.unique, _holder(session))
    if instrument is None:
        st.title(plain(say("Which text holds, and what changed in it?")))
        say_empty(say("Choose an instrument above: a statute, an agreement, rules.")
                  if options else say("No instrument is recorded yet."))  # fmt: skip
        return
    put_title(session.names.of(instrument), session.names.language(instrument))
    entity = describe(session.store, instrument)
    put(_facts(session, entity))
    put(_asked_for(session, instrument))
    show_parts(session, instrument, _parts(session, instrument, as_of), together=True)
    keep(session, instrument, as_of)


def _holder(session: Session) -> Callable[[str], str | None]:
    """Return the function that gives the instrument of a version, an article or a data rule."""

    def holder(iri: str) -> str | None:
        if iri not in session.names.known():
            return None
        for name in (RG.underInstrument, ELI.is_part_of, ELI.is_member_of):
            iri = next(iter(_values(describe(session.store, iri), name)), iri)
        if parse(iri)[0] == "version":
            rows = (row for row in what_changed(session.store) if row.what == iri)
            return next((row.instrument for row in rows), None)
        return iri

    return holder


def _asked_for(session: Session, instrument: str) -> Html:
    """Return the version, article or data rule that the address names, before all the others."""
    asked = meant("instrument", st.query_params.get("id", ""))
    if asked in (None, instrument):
        return joined()
    entity = describe(session.store, str(asked))
    return element(
        "div",
        element("h3", entity.label, lang=data_language(), dir="auto"),
        element("p", entity.summary, dir="auto", lang=data_language()) if entity.summary else None,
        passage_fold(session, entity.passages),
        class_="rg-card",
    )


def _values(entity: Entity, name: str) -> list[str]:
    return [
        line.value for line in entity.statements if line.outgoing and line.property == str(name)
    ]


def _facts(session: Session, entity: Entity) -> Html:
    kinds = [word(local_name(kind)) for kind in _values(entity, RG.instrumentKind)]
    owners = _values(entity, RG.partOfLegalFrameworkOf)
    return facts(
        [
            (say("Kind"), listed(kinds)),
            (say("Also called"), also_called(entity)),
            (say("Rules of"), named(session.names, owners)),
        ]
    )


def _parts(session: Session, instrument: str, as_of: dt.date | None) -> Sequence[Part]:
    store = session.store
    changes = what_changed(store, instrument=instrument, until=as_of)
    versions = sorted(
        (row for row in changes if row.kind != "provision"),
        key=lambda row: (in_time(row.date), row.what),
    )
    articles = [row for row in changes if row.kind == "provision"]
    own = {instrument, *(row.what for row in changes)}
    lasting = texts(store)
    spoken = what_happened_to(store, as_of=as_of)
    assessed = [row for row in spoken if row.provision in own]
    about = instruments_of(store, as_of=as_of)
    items = [
        item for item in items_of(which_recommendations(store, as_of=as_of))
        if instrument in about.get(item.iri, ())
    ]  # fmt: skip
    by_iri = {item.iri: item for item in items}
    every = what_is_said_about(store, as_of=as_of)
    said = [row for row in every if own & set(row.about)]
    bound = [row for row in whose_rules_bind_the_data(store, as_of=as_of) if row.version in own]
    tied = [
        (text, row) for text in sorted(own) for row in ties(store, text, as_of=as_of)
        if row.other not in own
    ]  # fmt: skip
    text_of = {row.statement: text for text, row in tied}
    revised = {article.replaces[0]: article.what for article in articles if article.replaces}

    def asked(rows: Sequence[WhichRecommendationsRow]) -> Html:
        shown = [by_iri[row.recommendation] for row in rows]
        return joined(
            choice(items, "instrument", instrument, as_of), recommendations(session, shown)
        )

    return (
        Part("Versions in time", versions, WhatChangedRow,
             lambda rows: cards(
                 [_version(session, row, lasting, as_of) for row in rows]),
             "What has no date of its own stands first."),
        Part("Articles", articles, WhatChangedRow,
             lambda rows: cards([_article(session, row, assessed, revised) for row in rows]),
             "Our summaries of what the sources tell of the articles; not their text."),
        Part("Asked, drafted, adopted", [row for row in assessed if row.provision],
             WhatHappenedToRow, lambda rows: joined(
                 wording(session, rows), cards([assessment(session, row) for row in rows])),
             "In our summaries; who says that one came of the other stands beside it."),
        Part("Recommendations about it", [item.first for item in items], WhichRecommendationsRow,
             asked),
        Part("Whose rules bind the data", bound, WhoseRulesBindTheDataRow,
             lambda rows: cards([_rule(session, row) for row in rows])),
        Part("Parties and other ties", [row for _, row in tied], TieRow,
             lambda rows: cards([tie(session, row, text_of[row.statement]) for row in rows])),
        Part("What is said of it", said, WhatIsSaidAboutRow,
             lambda rows: claims(session, rows, every)),
    )  # fmt: skip


def _version(
    session: Session, row: WhatChangedRow, lasting: Mapping[str, Text], as_of: dt.date | None
) -> Html:
    names, entity, text = session.names, describe(session.store, row.what), lasting[row.what]
    ended = text.ended_latest if as_of is None or text.had_ended(as_of) else None
    force = text.force(as_of)
    follows = {line.value for line in entity.statements
               if not line.outgoing and line.property.endswith("terms/replaces")}  # fmt: skip
    begun = [one for one in follows
             if not (as_of and one in lasting and lasting[one].began_after(as_of))]  # fmt: skip
    return element(
        "div",
        element("h3", row.label, lang=data_language(), dir="auto"),
        facts(
            [
                (say("It is"), say(TEXTS[row.kind])),
                (say("Date"), date_in_words(row.date)),
                (say("In force"), force_in_words(
                    force.word, named(names, [force.source]) if force.source else None,
                    force.told_on)),
                (say("Ended"), say("by {day}", day=ended) if ended else None),
                (say("Amends") if row.kind == "amendment" else say("Replaces"),
                 named(names, row.replaces)),
                (say("Replaced by"), named(names, sorted(begun))),
                (say("Made from"), named(names, _values(entity, ELI.consolidates))),
                (say("Passed by"), named(names, _values(entity, ELI.passed_by))),
                (say("Note"), in_english("; ".join(line.value for line in entity.statements
                                                   if line.property.endswith("core#note")))),
            ]
        ),
        passage_fold(session, row.passages),
        class_="rg-card" + (" rg-past" if row.kind == "draft" or ended else ""),
        id=_anchor(row.what),
    )  # fmt: skip


def _anchor(iri: str) -> str:
    return parse(iri)[1].replace("/", "-")


def _article(
    session: Session,
    row: WhatChangedRow,
    assessed: Sequence[WhatHappenedToRow],
    revised: dict[str, str],
) -> Html:
    names, entity = session.names, describe(session.store, row.what)
    asked: Iris = tuple(
        sorted({one.recommendation for one in assessed if one.provision == row.what})
    )
    later = revised.get(row.what)
    return element(
        "div",
        element("h3", row.label, lang=data_language(), dir="auto"),
        element("p", entity.summary, dir="auto", lang=data_language()) if entity.summary else None,
        facts(
            [
                (say("Number"), row.number or say("not given by the source")),
                (say("Stands in"), named(names, _values(entity, ELI.is_part_of))),
                (say("Draft of it"), named(names, row.replaces)),
                (say("Became"), named(names, [later])),
                (say("Refers to"), named(names, _values(entity, RG.refersToStandard))),
                (say("Named in the status of"), named(names, asked)),
            ]
        ),
        passage_fold(session, row.passages),
        class_="rg-card",
        id=_anchor(row.what),
    )


def _rule(session: Session, row: WhoseRulesBindTheDataRow) -> Html:
    names = session.names
    return element(
        "div",
        element(
            "h3",
            say_html(
                "{one} → {other}",
                one=named(names, [row.provider]),
                other=named(names, [row.recipient]),
            ),
        ),
        element(
            "p",
            say_html(
                "bound by the rules of {name}",
                name=element("strong", named(names, [row.rules_of])),
            ),
        ),
        element("p", say("The other way is bound by other rules.")) if row.asymmetric else None,
        facts(
            [
                (say("Under"), named(names, [row.version])),
                (say("Says"), named(names, row.according_to)),
            ]
        ),
        passage_fold(session, row.passages),
        class_="rg-card",
    )
