"""Choosing actors, asks and themes: known ones by search, proposed ones by a press, or new ones."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from pydantic import BaseModel

from explorer.languages.saying import listed, number, say
from explorer.markup import plain
from explorer.review.known import Known
from explorer.review.suggesting import Suggestion
from explorer.screen import beginning, own_place
from explorer.words import word
from ingest.drafting import entry
from ingest.facts import Ask, Theme
from ingest.folding import reviewer_id, slug
from ingest.linking import Comparison
from ingest.sources import Actor
from ontology.errors import UsageError
from ontology.identifiers import is_data, parse
from ontology.terms import scheme

MANY = 300
"""With more recommendations than these, one is searched for before it is chosen."""
RELATIONS = {
    "repeats": "repeats “{ask}”", "narrows": "is narrower than “{ask}”",
    "broadens": "is broader than “{ask}”", "related": "is near “{ask}”",
}  # fmt: skip

Meaning = tuple[type[BaseModel], dict[str, Any], str]
"""What a new name is an entry of, its fields with the definition, and what to say without one."""


@dataclass
class Chosen:
    """Ids of what was chosen, and the entries of what is new among them."""

    ids: list[str] = field(default_factory=list)
    new: list[Any] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, kind: type[BaseModel], fields: dict[str, Any]) -> None:
        """Choose a new entry; one that may not be is a fault, told when the form is sent."""
        try:
            self.new.append(entry(kind, fields))
        except UsageError as error:
            self.faults.append(str(error))
        else:
            self.ids.append(str(fields["id"]))

    def refuse_faults(self) -> None:
        """Raise UsageError for the first new entry that is not complete."""
        if self.faults:
            raise UsageError(self.faults[0])


def _add(key: str, ident: str) -> None:
    chosen = st.session_state.get(key) or []
    if ident not in chosen:
        st.session_state[key] = [*chosen, ident]


def _buttons(key: str, suggestions: Sequence[Suggestion], chosen: Sequence[str]) -> None:
    """Offer what is proposed and not chosen yet, each with its score."""
    left = [one for one in suggestions if one.ident not in chosen][:6]
    if not left:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for one in left:
            score = number(one.score, ".2f") if one.score else say("new")
            st.button(
                plain(f"+ {one.label} · {score}"), key=f"{key} + {one.ident}",
                help=plain(one.why), on_click=_add, args=(key, one.ident), type="tertiary",
            )  # fmt: skip


def several(
    title: str,
    key: str,
    labels: Mapping[str, str],
    suggestions: Sequence[Suggestion] = (),
    filled: Sequence[str] = (),
    explained: str = "",
) -> list[str]:
    """Ask for several known things or new names; what is filled in can be taken out."""
    if key not in st.session_state:
        st.session_state[key] = [ident for ident in filled if ident in labels]
    chosen = st.multiselect(
        plain(title), list(labels), key=key, format_func=lambda one: labels.get(one, one),
        accept_new_options=True, placeholder=say("search, or write a new one"),
        help=plain(explained or say("Search, or write a new name and press Enter.")),
        persist_state="page",
    )  # fmt: skip
    with own_place():
        _buttons(key, suggestions, chosen)
    return list(chosen)


def _new_ones(given: Sequence[str], labels: Mapping[str, str], chosen: Chosen) -> Iterator[str]:
    """Put what is known among the chosen and yield the rest, names written anew, in their order.

    A name written anew that something known already bears is that.
    """
    by_label = {label.casefold(): ident for ident, label in labels.items()}
    for one in given:
        ident = by_label.get(one.strip().casefold(), one)
        if ident in labels:
            chosen.ids.append(ident)
        else:
            yield ident


def new_ident(label: str, taken: Mapping[str, str]) -> str:
    """Return an id for a new entry, one that nothing else has."""
    ident = slug(label)
    return f"{ident}-{secrets.token_hex(2)}" if ident in taken else ident


def actors(
    title: str,
    key: str,
    known: Known,
    suggestions: Sequence[Suggestion] = (),
    filled: Sequence[str] = (),
) -> Chosen:
    """Ask for actors; of a new one, also for its kind."""
    chosen = Chosen()
    given = several(title, key, known.actors, suggestions, filled)
    with own_place():
        for one in _new_ones(given, known.actors, chosen):
            _new_actor(one, key, known, chosen)
    return chosen


def one_actor(
    title: str, key: str, known: Known, *, me: str = "", explained: str = "", first: str = ""
) -> Chosen:
    """Ask for one actor, known or new; with `me`, the one who decides can be chosen, too."""
    labels = dict(known.actors)
    if me:
        mine = reviewer_id(me)
        labels = {
            mine: say("{name} (you)", name=me),
            **{i: name for i, name in labels.items() if i != mine},
        }
    if first and key not in st.session_state:
        st.session_state[key] = first
    given = st.selectbox(
        plain(title), list(labels), index=None, key=key, help=plain(explained),
        format_func=lambda one: labels.get(one, one), accept_new_options=True,
        placeholder=say("search, or write a new one"), persist_state="page",
    )  # fmt: skip
    chosen = Chosen()
    with own_place():
        for one in _new_ones([given] if given else [], labels, chosen):
            _new_actor(one, key, known, chosen)
    return chosen


def _new_actor(name: str, key: str, known: Known, chosen: Chosen) -> None:
    left, right = st.columns([1, 1])
    kinds = [kind for kind in scheme("actorKind") if kind != "curator"]
    kind = left.selectbox(
        plain(say("What is {name}?", name=name)),
        kinds,
        index=None,
        format_func=word,
        key=f"{key} kind {name}",
        placeholder=say("kind of actor"),
        persist_state="page",
    )
    criterion = None
    if kind == "group":
        criterion = right.text_input(
            plain(say("Who belongs to it?")), key=f"{key} criterion {name}", persist_state="page",
            placeholder=say("by which criterion"),
        )  # fmt: skip
    if not kind:
        told = say("It is not said what kind of actor {name} is. Choose it.", name=name)
        chosen.faults.append(told)
        return
    ident = new_ident(name, known.actors)
    chosen.add(Actor, {"id": ident, "label": name, "kind": kind, "criterion": criterion or None})


def asks(key: str, known: Known, near: Sequence[Comparison], filled: Sequence[str] = ()) -> Chosen:
    """Ask which ask is expressed; of a new one, for what is wanted and which ask it is part of."""
    labels = known.named("asks")
    suggestions = [
        Suggestion(one.iri, say(RELATIONS[one.relation], ask=labels[one.iri]), one.score,
                   say("Compared by words; a person decides."))
        for one in near if one.iri in labels
    ]  # fmt: skip
    explained = say("What is wanted, whoever words it. Search, or write a new one and press Enter.")
    given = several(say("Ask expressed"), key, labels, suggestions, filled, explained)

    def meant(name: str) -> Meaning:
        wanted = _definition(key, name, say("What does “{ask}” want, in a sentence?", ask=name))
        broader = st.multiselect(
            plain(say("It is a narrower form of")), list(labels), key=f"{key} broader {name}",
            format_func=lambda one: labels.get(one, one), placeholder=say("none"),
            persist_state="page",
        )  # fmt: skip
        fault = say("It is not said what the new ask “{ask}” wants. Write it.", ask=name)
        return Ask, {"definition": wanted, "broader": broader}, fault

    return _with_meanings(given, labels, meant)


def themes(key: str, known: Known, found: Sequence[str], filled: Sequence[str] = ()) -> Chosen:
    """Ask for themes; of a new one, for what it covers."""
    labels = known.named("themes")
    suggestions = [
        Suggestion(ident, labels[ident], 1.0, say("Its label stands in the passage."))
        for ident in (parse(iri)[1] for iri in found if is_data(iri)) if ident in labels
    ]  # fmt: skip
    given = several(say("Themes"), key, labels, suggestions, filled)

    def meant(name: str) -> Meaning:
        covers = _definition(key, name, say("What does the theme “{theme}” cover?", theme=name))
        fault = say("It is not said what the new theme “{theme}” covers. Write it.", theme=name)
        return Theme, {"definition": covers}, fault

    return _with_meanings(given, labels, meant)


def _definition(key: str, name: str, title: str) -> str:
    given = st.text_input(plain(title), key=f"{key} definition {name}", persist_state="page")
    return (given or "").strip()


def _with_meanings(
    given: Sequence[str], labels: Mapping[str, str], meant: Callable[[str], Meaning]
) -> Chosen:
    """Return what is given; of each name written anew, `meant` asks what it means."""
    chosen = Chosen()
    with own_place():
        for name in _new_ones(given, labels, chosen):
            kind, fields, fault = meant(name)
            if not fields["definition"]:
                chosen.faults.append(fault)
                continue
            chosen.add(kind, {"id": new_ident(name, labels), "label": name, **fields})
    return chosen


def recommendation(
    known: Known, key: str, near: Sequence[Comparison] = (), filled: str | None = None
) -> str | None:
    """Ask for a recommendation; those near in words come first, with their score.

    Of very many, only those are offered in which words stand that are asked for before.
    """
    scores = {one.iri: one.score for one in near if one.iri in known.recommendations}
    if filled in known.recommendations and key not in st.session_state:
        st.session_state[key] = filled
    rest = list(known.recommendations)
    if len(rest) > MANY:
        wanted = st.text_input(
            plain(say("Words of the recommendation")), key=f"{key} search", type="search",
            persist_state="page", placeholder=say("search"),
        )  # fmt: skip
        rest = known.with_words(wanted or "")[:MANY] if wanted else []
        rest += [one for one in [st.session_state.get(key)] if one and one not in rest]
    rest.sort(key=lambda ident: known.recommendations[ident].label.casefold())

    def named(ident: str) -> str:
        one = known.recommendations.get(ident)
        if one is None:
            return ident
        asked = listed(known.actors.get(actor, actor) for actor in one.issuers[:2])
        near_by = say("near in words {score:.2f}", score=scores[ident]) if ident in scores else ""
        return f"{one.label} — {asked} · {near_by}" if near_by else f"{one.label} — {asked}"

    chosen: str | None = st.selectbox(
        plain(say("Which recommendation")),
        [*scores, *(ident for ident in rest if ident not in scores)],
        index=None,
        key=key,
        format_func=named,
        placeholder=say("search by words"),
        persist_state="page",
    )
    return chosen


def document(known: Known, options: Sequence[str], empty: str) -> str | None:
    """Ask for a document; the choice stands in the address."""
    asked = st.query_params.get("document", "")
    if not asked and len(known.taken) == 1:
        asked = st.query_params["document"] = next(iter(known.taken))
    warnings = own_place()
    if asked and asked not in options:
        warnings.warning(
            plain(
                say(
                    "{title}: {value} is no choice here and was left out.",
                    title=say("Document"),
                    value=beginning(asked),
                )
            )
        )
    if not options:
        st.info(plain(empty))
        return None
    key = f"document {asked}"  # it changes with the address, so that the box follows it

    def go() -> None:
        picked = st.session_state[key]
        if picked:
            st.query_params["document"] = picked
            st.query_params.pop("candidate", None)

    index = list(options).index(asked) if asked in options else None
    st.selectbox(
        plain(say("Document")), options, index=index, key=key, on_change=go,
        format_func=lambda one: known.titles.get(one, one), placeholder=say("choose a document"),
    )  # fmt: skip
    return asked if asked in options else None
