"""The whole site: a page for each entity and each question, an index, a page on the method."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from explorer.archives import archive
from explorer.briefing.blocks import Block, Bullets, Paper, Table, heading, said, span, words
from explorer.briefing.content import in_short, method, sources, stamped
from explorer.briefing.each import STANDING, STANDING_WIDTHS, standing_row
from explorer.selected import Selected
from explorer.site.pages import KINDS, Pages
from explorer.site.web import ABOUT, HOME, page
from explorer.site.web import QUESTIONS as LISTED
from explorer.tables import in_words
from explorer.words import heading as column_title
from graph.closure import closure
from graph.exports.jsonld import in_jsonld
from graph.exports.taking import CREDIT, Taken
from graph.questions import AS_OF, QUESTIONS, Question


def site(taken: Taken) -> bytes:
    """Return the site as a zip file; the same selection gives the same bytes."""
    return archive(dict(sorted(members(taken).items())))


def members(taken: Taken) -> dict[str, bytes]:
    """Return the files of the site by their paths.

    A site of all recommendations has a page for everything in the data and for each question; one
    of a selection has pages for what these recommendations hang on.
    """
    known = Selected(taken)
    whole = set(taken.recommendations) >= set(known.every)
    nodes: Collection[str] = known.statements if whole else _near(taken)
    pages = Pages(known, nodes)
    papers = {HOME: _index(pages), ABOUT: _about(pages)}
    asked = [one for one in QUESTIONS.values() if not any(p.required for p in one.parameters)]
    papers[LISTED] = _questions(pages, asked if whole else [])
    if whole:
        papers |= {_path(one): _answer(pages, one) for one in asked}
    paths = {path: path for path in papers}

    def path_of(about: str) -> str | None:
        return paths.get(about) or pages.path_of(about)

    home = taken.stamp.home
    made = {path: page(paper, path, path_of, home=home) for path, paper in papers.items()}
    for node in pages.nodes:
        path = str(pages.path_of(node))
        data = f"{path.removesuffix('.html')}.jsonld"
        made[data] = in_jsonld(pages.triples(node))
        paper = pages.paper(node, _foot(taken))
        made[path] = page(paper, path, path_of, home=home, data=data)
    return made


def _near(taken: Taken) -> set[str]:
    found = closure(taken.store, taken.recommendations, taken.stamp.as_of)
    return {triple.subject for triple in found}


def _index(pages: Pages) -> Paper:
    known = pages.known
    rows = tuple(standing_row(known, item) for item in known.items)
    blocks: list[Block] = [*in_short(known), heading(1, f"All {len(rows)}")]
    blocks += [said("To find a word, use your browser's own search on this page.", small=True)]
    blocks += [Table(STANDING, rows, STANDING_WIDTHS)]
    for kind, title in KINDS.items():
        found = pages.of_kind(kind)
        if found and kind != "recommendation":
            blocks.append(heading(1, f"{title}: {len(found)}"))
            blocks.append(Bullets(tuple(words(span(known.names.unique(one), about=one,
                                            language=known.names.language(one)))
                                        for one in found)))  # fmt: skip
    return _paper(known, known.taken.stamp.name, blocks)


def _about(pages: Pages) -> Paper:
    known = pages.known
    blocks = [*method(known), heading(1, "Sources"), *sources(known)]
    blocks += [heading(1, "Cite and check"), *stamped(known)]
    return _paper(known, "How this was made", blocks)


def _questions(pages: Pages, asked: list[Question]) -> Paper:
    lines = tuple(words(span(one.title, about=_path(one)), f" {in_words(one)}") for one in asked)
    told: list[Block] = (
        [Bullets(lines)] if lines else [said("Answers stand in a site of all recommendations.")]
    )
    return _paper(pages.known, "Questions", told)


def _answer(pages: Pages, question: Question) -> Paper:
    known = pages.known
    given = {"as_of": known.taken.stamp.as_of} if AS_OF in question.parameters else {}
    rows = question.function(known.taken.store, **given)
    columns = [
        field.name
        for field in dataclasses.fields(question.row)
        if not field.name.endswith(("label", "title"))
    ]  # the entity's name stands there already
    lines = tuple(tuple(pages.cell(getattr(row, name)) for name in columns) for row in rows)
    header = tuple(map(column_title, columns))
    blocks: list[Block] = [said(in_words(question))]
    blocks += [Table(header, lines, (1,) * len(header))] if lines else [
        said("Nobody says anything on this, as far as is known.")
    ]  # fmt: skip
    return _paper(known, question.title, blocks)


def _path(question: Question) -> str:
    return f"question/{question.name}.html"


def _paper(known: Selected, title: str, blocks: list[Block]) -> Paper:
    stamp = known.taken.stamp
    return Paper(title, f"{stamp.day}, made on {stamp.made_on}", tuple(blocks),
                 _foot(known.taken), CREDIT, stamp.made_on)  # fmt: skip


def _foot(taken: Taken) -> str:
    """Return the last line of every page: what can be relied on, and of which data it is."""
    said_so = "A status is somebody's statement, never a fact of its own. CC BY 4.0."
    told = "; ".join(f"{name}: {text}" for name, text in taken.stamp.lines()
                     if name in ("As of", "Data version", "Journal head", "Made on"))  # fmt: skip
    return f"{said_so} {told}"
