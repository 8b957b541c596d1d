"""A mistake in a corpus file is told with its file, its line and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.reading import read_corpus
from ingest.yamlfiles import CorpusMistakesError
from ontology.errors import ReformError

Write = Callable[..., Path]


def _line(folder: Path, text: str) -> int:
    lines = (folder / "harbour.yaml").read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if text in line)


def test_the_small_corpus_reads_and_knows_its_lines(corpus_folder: Write) -> None:
    folder = corpus_folder()
    corpus = read_corpus(folder)
    assert corpus.places["recommendation", "publish-every-fee"] == (
        "harbour.yaml",
        _line(folder, "- id: publish-every-fee"),
    )
    assert corpus.places["passage", "harbour-watch-2024/ask"][1] == _line(folder, "  ask:")


MISTAKES = {
    "a missing key": ("    basis: issuerReported\n", "", "`basis` is missing. Add it."),
    "a misspelt key": ("    as_of:", "    asof:", "`asof` is not a key here. Write `as_of`."),
    "a wrong word": ("status: notAdopted", "status: refused", "Use one of: adopted, partially"),
    "a word of another list": ("kind: ngoReport", "kind: ngo", "not a word of the documentKind"),
    "an actor nobody wrote": (
        "issuers: [harbour-watch]",
        "issuers: [harbor-watch]",
        "Write `harbour-watch` if",
    ),
    "a passage nobody wrote": (
        "passages: [outcome]\n    process",
        "passages: [outcme]\n    process",
        "there is no passage `harbour-watch-2024/outcme`",
    ),
    "a reference without kind": (
        "subject: actor:harbour-watch",
        "subject: harbour-watch",
        "Write kind:id",
    ),
    "a day that does not exist": ("as_of: 2024-06-30", "as_of: 2024-06-31", "assessments.0.as_of"),
    "a date in words": ("issued: 2024-06", "issued: June 2024", "write 2025, 2025-11"),
    "a moment without zone": ("12:00:00+02:00", "12:00:00 somewhere", "recorded"),
    "a link nobody defined": ("relation: linkedTo", "relation: likes", "relations.0.relation"),
    "an address with a brace": (
        "kind: ngoReport",
        'kind: ngoReport\n  url: "https://example.org/{notes}"',
        "is not a web address",
    ),
    "an actor without kind": (
        "kind: ngo, aliases",
        "aliases",
        "needs label and kind together",
    ),
    "a recommendation by somebody else": (
        "issuers: [harbour-watch]",
        "issuers: [harbour-watch]\n    by: [clerks]",
        "who relays it stands under `reported_by`",
    ),
    "an id with capitals": ("id: publish-every-fee", "id: Publish-Fee", "recommendations.0.id"),
    "half an anchor": ("first: Harbour Watch asks the, ", "", "needs span, first, last"),
    "a label of two lines": (
        "label: Publish every fee",
        'label: "Publish\\nevery fee"',
        "is one line",
    ),
    "a doubled id": (
        "themes:\n",
        "themes:\n  - {id: fees, label: Fees, definition: What it costs to land.}\n",
        "already written in harbour.yaml line",
    ),
    "an actor without label": (
        "label: Harbour Board, kind: intergovernmentalOrganization",
        "aliases: []",
        "has no label",
    ),
    "a broken YAML": ("themes:\n", "themes: [\n", "Mend the YAML"),
    "a key written twice": (
        "    basis: issuerReported\n",
        "    basis: issuerReported\n    basis: textRead\n",
        "twice",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_one_line_with_file_line_and_remedy(
    corpus_folder: Write, name: str
) -> None:
    old, new, told = MISTAKES[name]
    with pytest.raises(CorpusMistakesError) as caught:
        read_corpus(corpus_folder((old, new)))
    first = str(caught.value).splitlines()[0]
    assert first.startswith("harbour.yaml line ")
    assert told in str(caught.value)
    assert first.endswith(".") or first.endswith("?")


def test_the_line_told_is_the_line_of_the_mistake(corpus_folder: Write) -> None:
    folder = corpus_folder(("status: notAdopted", "status: refused"))
    with pytest.raises(CorpusMistakesError) as caught:
        read_corpus(folder)
    assert caught.value.mistakes[0].line == _line(folder, "status: refused")


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(corpus_folder: Write) -> None:
    with pytest.raises(CorpusMistakesError) as caught:
        read_corpus(corpus_folder(("kind: ngoReport", "kind: x"), ("as_of: 2024-06-30", "as_of: x"),
                                  ("    basis: issuerReported\n", "")))  # fmt: skip
    lines = [mistake.line or 0 for mistake in caught.value.mistakes]
    assert len(lines) >= 2
    assert lines == sorted(lines)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReformError, match=r"holds no corpus file"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("content", [b"", b"- a\n- b\n", b"\xff\xfe", b"a: \x00", b"*x", b"[[[["])
def test_what_is_no_corpus_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(content)
    with pytest.raises(CorpusMistakesError) as caught:
        read_corpus(tmp_path)
    assert str(caught.value).startswith("a.yaml")
    assert "\n" not in str(caught.value)


def test_an_alias_is_refused_before_it_unfolds(corpus_folder: Write) -> None:
    bomb = "themes: &a [x, x]\nasks: &b [*a, *a]\nlooks: [*b, *b]\nprocesses_of_old:\n"
    folder = corpus_folder(("themes:\n", "thémes: &t\n"), ("asks:\n", "asks: *t\nold:\n"))
    with pytest.raises(CorpusMistakesError, match=r"line \d+: refers to another place by an alias"):
        read_corpus(folder)
    (folder / "harbour.yaml").write_text(bomb, encoding="utf-8")
    with pytest.raises(CorpusMistakesError, match="by an alias"):
        read_corpus(folder)
