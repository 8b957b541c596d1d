"""What the check found: rules broken, passages verified, and who recorded and reviewed what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

import streamlit as st

from explorer.checking import FATAL, PASSAGE_WORDS, Report, check_known, passages_told
from explorer.freshness import current_inputs
from explorer.languages.saying import data_language, say, say_number
from explorer.markup import Child, Html, element, folded, joined, plain, say_html, table
from explorer.screen import note_unknown, put
from explorer.session import current, current_corpus
from explorer.settings import Settings
from explorer.workspace import documents_digest
from graph.entities import labels
from ingest.passages import Verdict
from ingest.reading import Corpus
from ontology.identifiers import iri
from ontology.rules import SEVERITIES, rules
from ontology.validation import Finding, place_of

COUNTED = (
    "The rules look at adoption, practice and response together; the page Recommendations counts "
    "one of these questions at a time."
)
"""Why its numbers are not those of the other page."""
MARKS = {"Violation": "✕", "Warning": "▲", "Info": "i"}
TITLES = {"Violation": "Violations", "Warning": "Warnings", "Info": "Infos"}
MEANINGS = {
    "Violation": "It must be mended: the graph would say something that cannot be.",
    "Warning": "True, and worth knowing before the graph is relied on.",
    "Info": "To be aware of; nothing is wrong.",
}


def show() -> None:
    """Show the page."""
    session = current()
    st.title(plain(say("Can this graph be relied on?")))
    settings = session.settings
    with st.spinner(say("Holding the corpus against every rule …")):
        report = _checked(current_inputs(settings), documents_digest(settings), settings)
    put(_summary(report))
    shown = _severities()
    for severity in SEVERITIES:
        found = [one for one in report.findings if one.severity == severity]
        if found and (not shown or severity in shown):
            st.header(plain(say(TITLES[severity])))
            put(_findings(found, report, severity))
    if not report.findings:
        put(element("p", say("No rule is broken."), class_="rg-empty"))
    st.header(plain(say("Passages")))
    put(_passages(report))
    if lines := report.held_back():
        st.header(plain(say("Held back")))
        put(element("ul", *(element("li", line) for line in lines), class_="rg-list",
                    lang=data_language()))  # fmt: skip
    st.header(plain(say("Who recorded and reviewed what")))
    put(_curation(current_corpus(), labels(session.store)))
    st.download_button(
        plain(say("Report as JSON")), report.as_json(), file_name="check.json",
        mime="application/json",        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _severities() -> list[str]:
    """Ask for severities; their words in English stand in the address in every language."""
    note_unknown("severity", SEVERITIES, say("Severity"))
    asked = st.query_params.get_all("severity")
    st.session_state["severity"] = [one for one in SEVERITIES if one in asked]

    def go() -> None:
        st.query_params["severity"] = st.session_state["severity"]

    return st.multiselect(
        plain(say("Severity")), SEVERITIES, key="severity", on_change=go,
        format_func=lambda severity: say(TITLES[severity]), placeholder=say("all"), width=420,
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=2)
def _checked(inputs: str, documents: str, _settings: Settings) -> Report:
    del inputs, documents  # the key under which the report is kept
    return check_known(_settings, public=True)


def _summary(report: Report) -> Html:
    verdict = (
        say("No Violation, and no passage was found changed.")
        if report.passed
        else say("There are Violations, or passages that changed: see below.")
    )
    severities = [
        element("li", element("b", sum(one.severity == severity for one in report.findings)),
                f"{MARKS[severity]} {say(TITLES[severity])}", title=say(MEANINGS[severity]))
        for severity in SEVERITIES
    ]  # fmt: skip
    passages = [
        element("li", element("b", count), say(f"passages {words}"))
        for words, count in passages_told(report.passages or ()).items()
        if count or words == PASSAGE_WORDS[Verdict.VERIFIED]
    ]
    return joined(
        element("p", verdict, class_="rg-lead"),
        element("ul", *severities, *passages, class_="rg-counts"),
        *(element("p", line, lang=data_language()) for line in report.overdue),
        element("p", say_html(
            "{count} rules were applied. The same in a terminal: {command}", count=len(rules()),
            command=element("code", "reformgraph check"),
        ), class_="rg-small"),
        element("p", say(COUNTED), class_="rg-small"),
    )  # fmt: skip


def _findings(findings: Sequence[Finding], report: Report, severity: str) -> Html:
    """Return the findings of one severity, those of one rule together."""
    names = {str(rule.shape): rule.name for rule in rules()}
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.shape, []).append(one)
    return joined(
        element("p", say(MEANINGS[severity]), class_="rg-small"),
        *(
            element(
                "details",
                element(
                    "summary",
                    say_number(  # a rule is named by what it asks for
                        len(of), "1 exception to the rule:", "{count:,} exceptions to the rule:"
                    ),
                    " ",
                    element("strong", names.get(shape, shape), lang=data_language()),
                ),
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
    return element(
        "li", element("span", finding.message, dir="auto", lang=data_language()), " ", where
    )


def _passages(report: Report) -> Html:
    """Return the passages by document: how many were found as recorded, and each that was not."""
    checks = report.passages or []
    if not report.documents:
        told = say_html(
            "No document is at hand, so no passage was looked up. Name your folder in {setting}.",
            setting=element("code", "REFORMGRAPH_DOCUMENTS"),
        )
        return element("p", told)
    files = list(dict.fromkeys(check.origin.file for check in checks))
    used = [words for words, count in passages_told(checks).items() if count]
    lines: list[Sequence[Child]] = []
    for file in files:
        counts = passages_told(check for check in checks if check.origin.file == file)
        lines.append((file, *(counts[words] for words in used)))
    titles = (say("Corpus file"), *map(say, used))
    wrong = [
        element("li", f"{check.verdict.value}: {check.detail} ", element("code", str(check.origin)))
        for check in checks
        if check.verdict in FATAL | {Verdict.MOVED}
    ]
    return joined(
        folded(_documents(len(files)), table(titles, lines, say("Passages"), narrow=True)),
        *(element("p", line, class_="rg-small", lang=data_language()) for line in report.unread),
        element("ul", *wrong, class_="rg-list", lang=data_language()) if wrong else None,
    )


def _curation(corpus: Corpus, shown: Container[str]) -> Html:
    """Return who recorded and reviewed each document, those alone that are shown at all."""
    files = [f for f in corpus.files if str(iri("document", f.facts.document.id)) in shown]
    titles = (say("Document"), say("Read"), say("Recorded"), say("Review"))
    lines: list[Sequence[Child]] = [
        (
            element("span", file.facts.document.title, lang=file.facts.document.titled_in),
            say(file.facts.document.read),
            file.facts.document.recorded.date().isoformat(),
            element("span", file.facts.document.review, lang=data_language()),
        )
        for file in files
        if file.curation is None
    ]
    decided = Counter(
        (file.facts.document.title, file.facts.document.titled_in, file.curation.review)
        for file in files
        if file.curation is not None
    )
    lines += [
        (
            element("span", title, lang=language), "", "",
            say("{review}, {count} times", review=review, count=count) if count > 1 else review,
        )
        for (title, language, review), count in decided.items()
    ]  # fmt: skip
    whole = table(titles, lines, say("Who recorded and reviewed what"), narrow=True)
    return folded(_documents(len(lines)), whole)


def _documents(count: int) -> Html:
    return element("strong", say_number(count, "1 document", "{count:,} documents"))
