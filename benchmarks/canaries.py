"""Nobody exposed: names seeded in every field of a workspace are looked for in all it gives out.

The workspace is made by the program itself: a corpus with a case of unknown consent, a document
taken in, described, decided on, a list, a private file of names. What belongs to the user alone
(the files of the workspace, the review page) may hold what she wrote there; nothing else may.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from benchmarks.canarynames import NAMES, places_in, slug_of
from benchmarks.cases import Proof
from explorer.cli import app
from explorer.exporting import EXPORTS, taken
from explorer.exportingcommands import Form
from explorer.main import PAGES
from explorer.settings import Settings
from explorer.workspace import SNAPSHOT, build_snapshot, open_current, open_desk
from graph.questions import QUESTIONS
from ingest.decisions import Reminder, Verdict
from ingest.drafting import recommendation
from ingest.imports import Source
from ingest.names import FILE, Names
from ingest.readers import read_bytes
from ontology.identifiers import is_data, parse

DAY = dt.date(2027, 1, 1)
LETTER = f"""\
Open letter on the lower locks

We call on the Ombrel River Commission to publish the hours of each lock, as
{NAMES["words of a passage"]} did before, at every gate and in all seasons.

We urge the Ombrel River Commission to repair the old weir.

In 2014 the Commission rejected the proposal of {NAMES["withheld words"]} to publish its minutes.
"""
LIST = f"State,Text,From,Private\nTresmark,Lower fee 7.,Crews,{NAMES['row']}\n"
MAPPING = """\
format: 1
document: {id: fee-list, title: List of fees, publisher: {name: Fee Watch, kind: ngo}, language: en}
columns:
  text: Text
  addressees: {column: State, kind: state}
  issuers: {column: From, kind: ngo}
group_by: [State, Text]
label: Recommendation to {addressees}
summary: Made by {issuers} to {addressees}.
"""
NOTES = """\
format: 1
document:
  {id: lock-notes, title: Notes on locks, publisher: lock-watch, kind: ngoReport, language: en,
   issued: 2014-06, url: "https://locks.example/notes", read: whole,
   recorded: 2026-01-01T12:00:00+02:00, recorded_by: clerks, review: Written for a proof.}
passages:
  first: {section: First page, locator: line 1}
actors:
  - {id: lock-watch, label: Lock Watch, kind: ngo}
  - {id: clerks, label: The clerks, kind: curator}
  - {id: river-commission, label: Ombrel River Commission, kind: intergovernmentalOrganization}
  - {id: tresmark, label: Tresmark, kind: state}
themes:
  - {id: locks, label: Locks, definition: Gates of the river.}
asks:
  - {id: open-locks, label: Open the locks, definition: Every lock is open to all.}
recommendations:
  - {id: notes-open-locks, passages: [first], date: 2014-06, label: Open the locks,
     summary: All locks should be open., issuers: [lock-watch], addressees: [river-commission],
     asks: [open-locks], themes: [locks]}
assessments:
  - {id: notes-not-open, of: notes-open-locks, axis: adoption, status: notAdopted,
     as_of: 2014-06-30, by: lock-watch, basis: issuerReported, passages: [first]}
relations:
  - {id: notes-member, passages: [first], subject: "actor:tresmark", relation: memberOf,
     object: "actor:river-commission", summary: Tresmark is a member.}
"""
CASES = f"""\
format: 1
# {NAMES["comment"]}
document:
  id: quay-letter
  title: Appeal for {NAMES["title"]}
  publisher: quay-fellows
  kind: letter
  language: en
  issued: 2025-02-11
  url: https://quay.example/appeal-for-{slug_of("address")}
  read: whole
  recorded: 2026-01-01T12:00:00+02:00
  recorded_by: quay-fellows
  review: Written for a proof.
passages:
  fellow: {{section: "{NAMES["section"]}", locator: paragraph 2}}
actors:
  - {{id: quay-fellows, label: Fellows of the Quay, kind: ngo}}
  - {{id: gaoler, label: "Gaol of {NAMES["actor of a case"]}", kind: stateOrgan}}
propositions:
  - {{id: quay-beaten, label: "{NAMES["proposition"]} was beaten", kind: factual}}
recommendations:
  - {{id: quay-keep, passages: [fellow], label: "Keep {NAMES["recommendation"]}",
     summary: One is to be kept., issuers: [quay-fellows], addressees: [tresmark],
     asks: [open-locks], themes: [locks], case: "case-of-{slug_of("case id")}"}}
assessments:
  - {{id: quay-not-kept, of: quay-keep, axis: adoption, status: notAdopted, as_of: 2025-02-11,
     by: quay-fellows, basis: issuerReported, passages: [fellow],
     note: "{NAMES["status note"]} was sent away."}}
claims:
  - {{id: quay-claim, passages: [fellow], summary: "{NAMES["claim"]} was beaten.",
     proposition: quay-beaten, about: ["case:case-of-{slug_of("case id")}"]}}
cases:
  - id: case-of-{slug_of("case id")}
    label: "Arrest of {NAMES["case label"]}"
    note: "{NAMES["case note"]} is meant."
    passages: [fellow]
    requesting_state_basis: notGivenBySource
    requested_state: tresmark
    mechanism: policeNotice
    outcome: detained
    events:
      - {{id: "{slug_of("step id")}-taken", type: act, kind: arrest, by: gaoler,
         label: "{NAMES["step label"]} is taken", passages: [fellow]}}
"""
TOLD = f"""\
format: 1
document:
  {{id: gull, title: The Gull, publisher: the-gull, kind: pressArticle, language: en,
   issued: 2025-03, read: whole, recorded: 2026-01-01T12:00:00+02:00, recorded_by: the-gull,
   review: Written for a proof.}}
passages:
  one: {{section: News, locator: line 2}}
actors:
  - {{id: the-gull, label: The Gull, kind: media}}
cases:
  - {{id: "case-{slug_of("id of a case that may be told")}", label: A fellow is let go,
     passages: [one], requesting_state_basis: notGivenBySource, requested_state: tresmark,
     mechanism: policeNotice, outcome: released, disclosure: consentGiven}}
"""

FILES: Mapping[str, frozenset[str]] = {
    "originals": frozenset({"words of a passage", "withheld words", "row"}),
    "readings": frozenset({"words of a passage", "withheld words", "file name"}),
    "journal.jsonl": frozenset({"file name", "reason", "reminder"}),
    FILE: frozenset({"names file", "case id"}),
    "settings.toml": frozenset({"setting"}),
}
"""The names that the user wrote into each file of the workspace, where they belong."""
JOURNAL = frozenset({"file name", "reason", "reminder"})
"""What the list of decisions may tell those who decide."""
REVIEW = JOURNAL | (
    frozenset(NAMES) - {"names file", "withheld words", "setting", "row", "comment"}
)
"""What the page Review shows to those who work on it: all that is on record, and the document."""
SHOWN = {"review": REVIEW, "recommendation": frozenset({"words of a passage"})}
"""What pages may show: that of a recommendation quotes the document that its user has at hand."""
NOTHING: frozenset[str] = frozenset()
Output = tuple[str, bytes, frozenset[str]]
"""Something given out: what it is called, its bytes, and the names that belong there."""
runner = CliRunner()


def prepare(folder: Path, *, with_list: bool = True) -> Settings:
    """Make the workspace, with a name in every field, and return its settings."""
    corpus, home = folder / "corpus", folder / "home"
    documents = folder / NAMES["setting"]
    for made in (corpus, documents, home):
        made.mkdir(mode=0o700)
    for name, text in (("notes", NOTES), ("quay", CASES), ("gull", TOLD)):
        (corpus / f"{name}.yaml").write_text(text, "utf-8")
    settings = Settings(home=home, corpus=corpus, documents=documents)
    (home / "settings.toml").write_text(f"# {NAMES['setting']}\n", "utf-8")
    (home / "settings.toml").chmod(0o600)
    Names(home, lambda _: "").add(f"case-of-{slug_of('case id')}", NAMES["names file"])
    _decide(settings)
    if with_list:
        _import(settings)
    build_snapshot(settings)
    return settings


def _decide(settings: Settings) -> None:
    """Take in a letter, withhold a name in it, accept, reject, and have oneself reminded."""
    desk, data, ident = open_desk(settings), LETTER.encode(), "locks-letter"
    desk.take_in("Ada", read_bytes(data, f"{NAMES['file name']}.txt"), data, ident=ident)
    said = {"publisher": "lock-watch", "kind": "openLetter", "issued": "2016-05-01",
            "title": "Letter on locks", "language": "en"}  # fmt: skip
    desk.describe("Ada", ident, said, withhold=[NAMES["withheld words"]])
    hours, weir = (
        next(one for one in desk.waiting(ident) if words in one.candidate.text)
        for words in ("hours of each lock", "old weir")
    )
    facts = recommendation(
        ident, desk.place(ident, [hours.span(LETTER, desk.withheld(ident))]),
        {"label": "Publish hours", "summary": "Hours are to be public.", "asks": ["open-locks"],
         "issuers": ["lock-watch"], "addressees": ["river-commission"], "themes": ["locks"]},
    )  # fmt: skip
    proposals = [hours.proposal()]
    desk.record("Ada", Verdict(action="accept", document=ident, proposals=proposals, facts=facts))
    rejected = Verdict(
        action="reject", document=ident, proposals=[weir.proposal()],
        reason=f"Told by {NAMES['reason']}.",
    )  # fmt: skip
    desk.record("Ada", rejected)
    made = facts.recommendations[0].id
    desk.record("Ada", Reminder(recommendation=made, on=DAY, reason=f"Ask {NAMES['reminder']}."))


def _import(settings: Settings) -> None:
    """Take in a list, of which one column means nothing."""
    desk = open_desk(settings)
    rows, mapping = Source("list.csv", LIST.encode()), Source("list.yaml", MAPPING.encode())
    desk.take_batch("Ada", rows, mapping, desk.preview("Ada", rows, mapping), None)


# --- all that is given out ---------------------------------------------------------------------


def exposed(settings: Settings, *, everything: bool) -> Proof:
    """Look for every name in all that a workspace gives out; without `everything`, in a part."""
    proof = Proof("Twenty invented names in every field: none in an export, log, page or error")
    with _chosen(settings):
        for what, data, belonging in outputs(settings, everything=everything):
            proof.cases += 1
            found = places_in(data + b"\n" + what.encode()) - belonging
            proof.expect(not found, f"{what}: holds the name of {', '.join(sorted(found))}")
    return proof


def outputs(settings: Settings, *, everything: bool) -> Iterator[Output]:
    """Yield all that a workspace gives out."""
    yield from _commands(settings, everything=everything)
    yield from _exports(settings, everything=everything)
    yield from _pages(settings, everything=everything)
    yield from _errors(settings)
    yield from _files(settings)


def _files(settings: Settings) -> Iterator[Output]:
    """Yield every file of the workspace: the snapshot, caches, locks, and what the user wrote."""
    for path in sorted(settings.home.rglob("*")):
        if path.is_file():
            inside = path.relative_to(settings.home)
            yield str(inside), path.read_bytes(), FILES.get(inside.parts[0], NOTHING)


def _commands(settings: Settings, *, everything: bool) -> Iterator[Output]:
    """Yield what the commands print, on both streams."""
    everywhere = "SELECT * WHERE { ?s ?p ?o }"
    yield _ran("build")
    yield _ran("check", belonging=frozenset({"setting"}))
    yield _ran("check", "--json")
    yield _ran("verify")
    yield _ran("journal", belonging=JOURNAL)
    yield _ran("ask")
    yield _ran("review", "locks-letter", belonging=frozenset({"words of a passage"}))
    yield _ran("sparql", "-", "--format", "csv", given=everywhere)
    forms = ("table", "json", "csv") if everything else ("json",)
    for name in QUESTIONS:
        yield from (_ran("ask", name, "--format", form) for form in forms)
    store = open_current(settings)
    nodes = sorted({str(row["s"]) for row in store.select("SELECT ?s WHERE { ?s ?p ?o }")})
    ours = [node for node in nodes if is_data(node)]
    chosen = ours if everything else [n for n in ours if parse(n)[0] in ("case", "recommendation")]
    for node in chosen if everything else chosen[:1]:
        yield _ran("show", node)
    copy = settings.home.parent / "copy.tar"
    yield _ran("backup", str(copy))
    yield (
        "a backup",
        copy.read_bytes(),
        frozenset().union(*(names for file, names in FILES.items() if file != FILE)),
    )
    copy.unlink()


def _ran(*words: str, given: str = "", belonging: frozenset[str] = NOTHING) -> Output:
    """Run a command in this process; an error of it is an output, a crash is not."""
    result = runner.invoke(app, list(words), input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"reformgraph {' '.join(words)}", (result.stdout + result.stderr).encode(), belonging


def _exports(settings: Settings, *, everything: bool) -> Iterator[Output]:
    """Yield a file in every format, with the ids of everybody and with ids of its own."""
    store = open_current(settings)
    asked = store.select(
        "SELECT ?s WHERE { ?s a <https://w3id.org/reformgraph/ontology#Recommendation> }"
    )
    chosen = sorted(str(row["s"]) for row in asked)
    whole = taken(settings, store, chosen, selection="everything", made_on=DAY)
    for name, form in EXPORTS.items():
        yield f"export --format {name}", form.make(whole), NOTHING
    if not everything:
        return
    for name in Form:
        out = settings.home.parent / f"taken-{name.value}"
        yield _ran("export", "--format", name.value, "--fresh-ids", "--out", str(out))
        for path in [out] if out.is_file() else sorted(p for p in out.rglob("*") if p.is_file()):
            yield f"export of {path.relative_to(out.parent)}", path.read_bytes(), NOTHING


def _pages(settings: Settings, *, everything: bool) -> Iterator[Output]:
    """Yield what each page shows and what its address becomes, and what is logged meanwhile."""
    made = next(
        record.decision.facts.recommendations[0].id
        for record in open_desk(settings).journal.read().records
        if isinstance(record.decision, Verdict) and record.decision.action == "accept"
    )
    tried: list[tuple[str, dict[str, str]]] = [(name, {}) for name in PAGES]
    tried.append(("recommendation", {"id": made}))
    if everything:
        tried += [("review", {"tab": tab}) for tab in ("Journal", "Document", "By hand", "Lists")]
        tried += [("questions", {"question": name}) for name in QUESTIONS]
        tried += [("links", {"actor": "actor/tresmark"})]
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        for name, query in tried:
            yield _page(name, query)
    finally:
        logging.getLogger().removeHandler(handler)
    yield "the log", log.getvalue().encode(), NOTHING


def _page(name: str, query: Mapping[str, str]) -> Output:
    script = f"from explorer.views import {name}\n{name}.show()\n"
    page = AppTest.from_string(script, default_timeout=120)
    page.session_state["who"] = "Ada"
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    parts = [str(dict(page.query_params)).encode()]
    for node in page._tree:
        proto = getattr(node, "proto", None)
        if proto is not None:
            parts.append(proto.SerializeToString())
    belonging = SHOWN.get(name, NOTHING)
    return f"page {name}?{urlencode(query)}", b"\n".join(parts), belonging


def _errors(settings: Settings) -> Iterator[Output]:
    """Yield what is said when things go wrong."""
    yield _ran("show", "case/nobody")
    yield _ran("ask", "who_signed", "--document", "nothing")
    yield _ran("sparql", "-", given="SELECT * WHERE { ?s ?p }}")
    yield _ran("sparql", "-", given="SELECT * WHERE { SERVICE <http://localhost> { ?s ?p ?o } }")
    yield _ran("review", "no-such-letter")
    yield _ran("names", "add", "no-such-case", given=f"{NAMES['names file']}\n")
    yield _ran("erase", "nobody")
    snapshot, journal = settings.home / SNAPSHOT, settings.home / "journal.jsonl"
    for path in (snapshot, journal):
        before = path.read_bytes()
        path.write_bytes(before[: len(before) // 2] + b"\xff" + before[len(before) // 2 + 1 :])
        yield _ran("verify")
        yield _ran("ask", "which_recommendations")
        path.write_bytes(before)


@contextmanager
def _chosen(settings: Settings) -> Iterator[None]:
    """Let the program in this process work on a workspace."""
    given = {"HOME": settings.home, "CORPUS": settings.corpus, "DOCUMENTS": settings.documents,
             "REVIEWER": "Ada"}  # fmt: skip
    before = dict(os.environ)
    os.environ.update({f"REFORMGRAPH_{name}": str(value) for name, value in given.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def all_proofs(folder: Path, scale: int) -> Iterator[Proof]:
    """Yield the proof on names; it is the same at each scale."""
    del scale
    yield exposed(prepare(folder), everything=True)
