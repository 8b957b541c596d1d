"""What the check found: rules broken, passages verified, and who recorded and reviewed what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

import streamlit as st

from explorer.checking import FATAL, PASSAGE_WORDS, Report, check_known, passages_told
from explorer.markup import Html, element, joined, plain
from explorer.screen import note_unknown, put
from explorer.session import current, current_corpus
from explorer.settings import Settings
from explorer.workspace import documents_digest, inputs_digest
from graph.entities import labels
from ingest.passages import Verdict
from ingest.reading import Corpus
from ontology.identifiers import iri
from ontology.rules import SEVERITIES, rules
from ontology.validation import Finding, place_of

MARKS = {"Violation": "✕", "Warning": "▲", "Info": "i"}
MEANINGS = {
    "Violation": "It must be mended: the graph would say something that cannot be.",
    "Warning": "True, and worth knowing before the graph is relied on.",
    "Info": "To be aware of; nothing is wrong.",
}


def show() -> None:
    """Show the page."""
    session = current()
    st.title("Can this graph be relied on?")
    settings = session.settings
    report = _checked(inputs_digest(settings), documents_digest(settings), settings)
    put(_summary(report))
    note_unknown("severity", list(SEVERITIES), "Severity")
    shown = st.multiselect(
        "Severity",
        list(SEVERITIES),
        key="severity",
        bind="query-params",
        placeholder="all",
        width=420,
    )
    for severity in SEVERITIES:
        found = [one for one in report.findings if one.severity == severity]
        if found and (not shown or severity in shown):
            st.subheader(plain(f"{severity}s"))
            put(_findings(found, report, severity))
    if not report.findings:
        put(element("p", "No rule is broken.", class_="rg-empty"))
    st.subheader("Passages")
    put(_passages(report))
    if lines := report.held_back():
        st.subheader("Held back")
        put(element("ul", *(element("li", line) for line in lines), class_="rg-list"))
    st.subheader("Who recorded and reviewed what")
    put(_curation(current_corpus(), labels(session.store)))
    st.download_button(
        "Report as JSON", report.as_json(), file_name="check.json", mime="application/json",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


@st.cache_resource(show_spinner="Holding the corpus against every rule …", max_entries=2)
def _checked(inputs: str, documents: str, _settings: Settings) -> Report:
    del inputs, documents  # the key under which the report is kept
    return check_known(_settings, public=True)


def _summary(report: Report) -> Html:
    verdict = (
        "No Violation, and no passage was found changed."
        if report.passed
        else "There are Violations, or passages that changed: see below."
    )
    severities = [
        element("li", element("b", sum(one.severity == severity for one in report.findings)),
                f"{MARKS[severity]} {severity}s", title=MEANINGS[severity])
        for severity in SEVERITIES
    ]  # fmt: skip
    passages = [
        element("li", element("b", count), f"passages {words}")
        for words, count in passages_told(report.passages or ()).items()
        if count or words == PASSAGE_WORDS[Verdict.VERIFIED]
    ]
    return joined(
        element("p", verdict, class_="rg-lead"),
        element("ul", *severities, *passages, class_="rg-counts"),
        element("p", f"{len(rules())} rules were applied. The same in a terminal: ",
                element("code", "reformgraph check"), class_="rg-small"),
    )  # fmt: skip


def _findings(findings: Sequence[Finding], report: Report, severity: str) -> Html:
    """Return the findings of one severity, those of one rule together."""
    names = {str(rule.shape): rule.name for rule in rules()}
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.shape, []).append(one)
    return joined(
        element("p", MEANINGS[severity], class_="rg-small"),
        *(
            element(
                "details",
                element("summary", element("strong", names.get(shape, shape)), f" ({len(of)})"),
                element("ul", *(_finding(one, report) for one in of), class_="rg-list"),
                open="open" if len(of) <= 8 else None,
                class_="rg-finding",
            )
            for shape, of in groups.items()
        ),
    )


def _finding(finding: Finding, report: Report) -> Html:
    place = place_of(finding, report.origins)
    where = element("code", str(place)) if place else element("code", finding.focus)
    return element("li", element("span", finding.message, dir="auto"), " ", where)


def _passages(report: Report) -> Html:
    """Return the passages by document: how many were found as recorded, and each that was not."""
    checks = report.passages or []
    if not report.documents:
        text = "No document is at hand, so no passage was looked up. Name your folder in "
        return element("p", text, element("code", "REFORMGRAPH_DOCUMENTS"), ".")
    files = list(dict.fromkeys(check.origin.file for check in checks))
    used = [words for words, count in passages_told(checks).items() if count]
    head = element("tr", element("th", "Corpus file", scope="col"),
                   *(element("th", words, scope="col") for words in used))  # fmt: skip
    lines = []
    for file in files:
        counts = passages_told(check for check in checks if check.origin.file == file)
        lines.append(element("tr", element("th", file, scope="row"),
                             *(element("td", counts[words]) for words in used)))  # fmt: skip
    table = element("table", element("thead", head), element("tbody", *lines), class_="rg-table")
    wrong = [
        element("li", f"{check.verdict.value}: {check.detail} ", element("code", str(check.origin)))
        for check in checks
        if check.verdict in FATAL | {Verdict.MOVED}
    ]
    return joined(
        element("div", table, class_="rg-scroll"),
        *(element("p", line, class_="rg-small") for line in report.unread),
        element("ul", *wrong, class_="rg-list") if wrong else None,
    )


def _curation(corpus: Corpus, shown: Container[str]) -> Html:
    """Return who recorded and reviewed each document, those alone that are shown at all."""
    files = [f for f in corpus.files if str(iri("document", f.facts.document.id)) in shown]
    head = element("tr", *(element("th", title, scope="col") for title in
                           ("Document", "Read", "Recorded", "Review")))  # fmt: skip
    lines = [
        element("tr", element("th", file.facts.document.title, scope="row"),
                element("td", file.facts.document.read),
                element("td", file.facts.document.recorded.date().isoformat()),
                element("td", file.facts.document.review))
        for file in files
        if file.curation is None
    ]  # fmt: skip
    decided = Counter(
        (file.facts.document.title, file.curation.review)
        for file in files
        if file.curation is not None
    )
    lines += [
        element("tr", element("th", title, scope="row"), element("td", ""), element("td", ""),
                element("td", review + (f", {count} times" if count > 1 else "")))
        for (title, review), count in decided.items()
    ]  # fmt: skip
    table = element("table", element("thead", head), element("tbody", *lines), class_="rg-table")
    return element("div", table, class_="rg-scroll")
