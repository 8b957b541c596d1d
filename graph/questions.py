"""The questions anyone may ask: a title in plain words, typed parameters, and the function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph import answers
from graph.actors import who_asked_whom, who_signed, who_stood_for
from graph.claims import (
    how_many,
    what_happened_in_cases,
    what_is_said_about,
    which_safeguards,
)
from graph.coverage import which_documents
from graph.demands import which_demands_wait
from graph.disagreement import where_sources_disagree
from graph.instruments import what_changed, which_rules_govern, whose_rules_bind_the_data
from graph.network import how_are_they_linked
from graph.parameters import ENTITY_KINDS, Kind, read
from graph.statuses import (
    what_happened_to,
    which_demands_return,
    which_recommendations,
    who_disagrees,
)
from graph.store import Store
from ontology.errors import NotFoundError, UsageError

__all__ = [
    "ENTITY_KINDS", "QUESTIONS", "Kind", "Parameter", "Question", "ask", "how_are_they_linked",
    "how_many", "what_changed", "what_happened_in_cases", "what_happened_to", "what_is_said_about",
    "where_sources_disagree", "which_demands_return", "which_demands_wait", "which_documents",
    "which_recommendations", "which_rules_govern", "which_safeguards", "who_asked_whom",
    "who_disagrees", "who_signed", "who_stood_for", "whose_rules_bind_the_data",
]  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question; `default` is the text used when none is given."""

    name: str
    kind: Kind
    doc: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True)
class Question:
    """A named question: `title` in plain words, `row` the class of its rows.

    There is a row for each `each`; `things` is what its first column holds, in the plural.
    """

    name: str
    title: str
    doc: str
    function: Callable[..., Sequence[Any]]
    row: type
    each: str
    things: str
    parameters: tuple[Parameter, ...]

    @property
    def query(self) -> str:
        """The name of the query in graph/queries that it reads most of its rows from."""
        others = {
            "how_are_they_linked": "network",
            "which_demands_wait": "which_recommendations",
        }
        return others.get(self.name, self.name)


AS_OF = Parameter("as_of", "date", "What held on this day; later statements are left out.")


def _question(
    function: Callable[..., Sequence[Any]],
    title: str,
    row: type,
    counts: tuple[str, str],
    *parameters: Parameter,
) -> Question:
    doc = " ".join((function.__doc__ or "").split()).removeprefix("Return ")
    doc = doc.partition(" Raises ")[0]  # for whoever calls it, not for whoever asks
    doc = doc[:1].upper() + doc[1:]
    return Question(function.__name__, title, doc, function, row, *counts, parameters)


_ALL = (
    _question(
        which_recommendations,
        "Which recommendations are there, and where do they stand?",
        answers.WhichRecommendationsRow,
        ("current voice on a recommendation", "recommendations"),
        Parameter("issuer", "actor", "Who recommends."),
        Parameter("addressee", "actor", "Who is asked."),
        Parameter("theme", "theme", "A subject."),
        Parameter("document", "document", "Where it stands, or what it was made in."),
        Parameter("status", "status", "A word of the axis, or unassessed or contested."),
        Parameter("axis", "axis", "What the status is about.", default="adoption"),
        Parameter("assessor", "actor", "Whose word on the status."),
        Parameter("basis", "basis", "How the assessor knows."),
        Parameter("issued_before", "date", "Only those certainly issued before this day."),
        Parameter("text", "text", "Words in the label or the summary; capitals do not matter."),
        AS_OF,
    ),
    _question(
        what_happened_to,
        "What happened to a recommendation?",
        answers.WhatHappenedToRow,
        ("assessment of a recommendation", "recommendations"),
        Parameter("recommendation", "recommendation", "One recommendation; else all."),
        AS_OF,
    ),
    _question(
        which_demands_return,
        "Which demands return, or are shared?",
        answers.WhichDemandsReturnRow,
        ("later recommendation and earlier one", "earlier recommendations"),
        Parameter("recommendation", "recommendation", "The later or the earlier one; else all."),
        AS_OF,
    ),
    _question(
        which_demands_wait,
        "Which demands have waited longest?",
        answers.WhichDemandsWaitRow,
        ("demand", "demands"),
        Parameter("asked_before", "date", "Only those certainly made before this day."),
        Parameter("issuers", "number", "How many must have made it, at least.", default="2"),
        Parameter("addressee", "actor", "Who is asked."),
        Parameter("theme", "theme", "A subject."),
        AS_OF,
    ),
    _question(
        who_asked_whom,
        "Who asked whom for what?",
        answers.WhoAskedWhomRow,
        ("recommendation, issuer and addressee", "recommendations"),
        Parameter("issuer", "actor", "Who asks."),
        Parameter("addressee", "actor", "Who is asked."),
        Parameter("addressee_kind", "actor kind", "What kind of actor is asked, such as a group."),
        Parameter("document", "document", "Where it stands, or what it was made in."),
        AS_OF,
    ),
    _question(
        who_signed,
        "Who signed?",
        answers.WhoSignedRow,
        ("printed signature", "lists of signatures"),
        Parameter("document", "document", "The document signed; else all."),
        Parameter("signatory", "actor", "Who signed; else all."),
        AS_OF,
    ),
    _question(
        which_rules_govern,
        "Which texts govern a party, or two?",
        answers.WhichRulesGovernRow,
        ("dated text", "texts"),
        Parameter("party", "actor", "A party to the text."),
        Parameter("other", "actor", "Another party to the same text."),
        AS_OF,
    ),
    _question(
        whose_rules_bind_the_data,
        "Whose rules bind the data each way?",
        answers.WhoseRulesBindTheDataRow,
        ("direction in which data go", "texts"),
        Parameter("party", "actor", "Who provides or receives data."),
        Parameter("other", "actor", "Who is at the other end."),
        AS_OF,
    ),
    _question(
        what_is_said_about,
        "What is said about something, and by whom?",
        answers.WhatIsSaidAboutRow,
        ("thing that somebody says", "things said"),
        Parameter("subject", "entity", "Any entity: an actor, a text, a provision, a document."),
        Parameter("claimant", "actor", "Who says it."),
        Parameter("contradicted", "yes or no", "Whether there is a counter-claim on record."),
        AS_OF,
    ),
    _question(
        which_safeguards,
        "Which safeguards does a body offer an affected person?",
        answers.WhichSafeguardsRow,
        ("statement about a safeguard", "bodies"),
        Parameter("body", "actor", "The body; else each of which something is said."),
        AS_OF,
    ),
    _question(
        what_happened_in_cases,
        "What happened in the documented cases?",
        answers.WhatHappenedInCasesRow,
        ("step of a case", "cases"),
        Parameter("requesting_state", "actor", "Who asked for the person."),
        Parameter("requested_state", "actor", "Who was asked."),
        Parameter("outcome", "outcome", "How it ended."),
        Parameter("mechanism", "mechanism", "By which channel."),
        AS_OF,
    ),
    _question(
        how_many,
        "How many, as counted by whom?",
        answers.HowManyRow,
        ("number that somebody states", "numbers"),
        Parameter("subject", "entity", "What the number is about; else all numbers."),
        Parameter("claimant", "actor", "Who counts."),
        AS_OF,
    ),
    _question(
        who_stood_for,
        "Who stood for which post?",
        answers.WhoStoodForRow,
        ("candidacy as one source tells it", "elections"),
        Parameter("post", "post", "The post."),
        Parameter("candidate", "actor", "The candidate."),
        Parameter("election", "election", "The election."),
        AS_OF,
    ),
    _question(
        where_sources_disagree,
        "Where do sources disagree?",
        answers.WhereSourcesDisagreeRow,
        ("pair of sides that differ", "kinds of matter"),
        Parameter("kind", "disagreement", "Fact, judgement, count or status; else all."),
        AS_OF,
    ),
    _question(
        what_changed,
        "What changed in a text?",
        answers.WhatChangedRow,
        ("new text, draft, amending act or provision", "texts"),
        Parameter("instrument", "instrument", "The statute, agreement or the like; else all."),
        Parameter("since", "date", "The first day of the period."),
        Parameter("until", "date", "The last day of the period."),
    ),
    _question(
        which_documents,
        "Which documents are in, and what was read of them?",
        answers.WhichDocumentsRow,
        ("document", "documents"),
        Parameter("publisher", "actor", "Who published it."),
        AS_OF,
    ),
    _question(
        how_are_they_linked,
        "How are two entities linked?",
        answers.HowAreTheyLinkedRow,
        ("link of a step of a way", "ways"),
        Parameter("one", "entity", "Where the way begins.", required=True),
        Parameter("other", "entity", "Where it ends.", required=True),
        Parameter("longest", "number", "How many steps at most.", default="3"),
        AS_OF,
    ),
)  # fmt: skip

QUESTIONS: dict[str, Question] = {question.name: question for question in _ALL}
"""Every question by its name."""


def ask(store: Store, name: str, **texts: str | None) -> Sequence[Any]:
    """Ask a question whose parameters are given as text; an empty text counts as none.

    An entity is given by its slug (`interpol`), short form (`actor/interpol`) or IRI, a day as
    YYYY-MM-DD, a concept by its local name. Raises NotFoundError for an unknown question or
    entity, UsageError for any other parameter that cannot be read.
    """
    if name not in QUESTIONS:
        raise NotFoundError(f"there is no question “{name}”. Ask one of: {', '.join(QUESTIONS)}.")
    question = QUESTIONS[name]
    known = {parameter.name: parameter for parameter in question.parameters}
    for given in texts:
        if given not in known:
            raise UsageError(
                f"“{given}” is not a parameter of {name}. Use one of: {', '.join(known)}."
            )
    values = {}
    for parameter in question.parameters:
        text = texts.get(parameter.name) or parameter.default
        if text:
            axis = texts.get("axis") or "adoption"
            values[parameter.name] = read(store, parameter.name, parameter.kind, text, axis)
        elif parameter.required:
            raise UsageError(f"{name} needs `{parameter.name}`. Give --{parameter.name}.")
    return question.function(store, **values)
