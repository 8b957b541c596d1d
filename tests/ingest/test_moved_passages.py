"""Every shipped passage is found again in a changed copy; a changed word is told."""

import html
import io
import re
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest

from ingest.documents import Documents
from ingest.passage_checks import check_passages
from ingest.passages import Anchor, Verdict, anchor, normalise, verify
from ingest.reading import Corpus, LoadedFile, read_corpus, shipped_corpus

EN_DASH, EM_DASH = "\u2013", "\u2014"
STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
INSERTED = "\n\nA paragraph that somebody put in later.\n\n"


def wrapped(text: str, *, at_hyphens: bool = False) -> str:
    return "\n".join(
        textwrap.fill(line, 60, break_long_words=False, break_on_hyphens=at_hyphens)
        for line in text.split("\n")
    )


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


CHANGES: dict[str, Callable[[str], str]] = {
    "the same": str,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "collapsed spaces": lambda text: " ".join(text.split()),
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "wrapped lines": wrapped,
    "lines wrapped at hyphens": lambda text: wrapped(text, at_hyphens=True),
    "blank lines gone": without_blank_lines,
    "straight quotes and dashes": lambda text: text.translate(STRAIGHT),
    "dashes typed as two hyphens": lambda text: text.replace(EM_DASH, "--").replace(EN_DASH, "--"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "a paragraph before": lambda text: INSERTED + text,
    "a paragraph behind": lambda text: text + INSERTED,
    "all at once": lambda text: (INSERTED + wrapped(text.translate(STRAIGHT))).replace(
        "\n", "\r\n"
    ),
}


@dataclass(frozen=True)
class Seed:
    """A document of the corpus with its text, its source of facts, and its anchored passages."""

    file: LoadedFile
    text: str = field(repr=False)
    places: dict[str, Anchor]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(shipped_corpus())


@pytest.fixture(scope="module")
def seeds(documents: Path, corpus: Corpus) -> list[Seed]:
    found = []
    for file in corpus.files:
        recorded = file.facts.document.file
        if recorded and recorded.name in {path.name for path in documents.iterdir()}:
            text = (documents / recorded.name).read_bytes().decode("utf-8")
            places = {key: p.anchor for key, p in file.facts.passages.items() if p.anchor}
            found.append(Seed(file, text, places))
    assert len(found) == 5
    assert sum(len(seed.places) for seed in found) > 150
    return found


def wrong(seed: Seed, copy: str) -> Iterator[str]:
    """Yield the passages that are not where their words stand in the copy."""
    for key, place in seed.places.items():
        words = normalise(seed.text[place.start : place.end])
        stays = normalise(copy[place.start : place.end]) == words
        verdict, span = verify(place, copy)
        if verdict is not (Verdict.VERIFIED if stays else Verdict.MOVED):
            yield f"{key} {verdict.value}"
        elif span is None or normalise(re.sub(r"-\n", "-", copy[slice(*span)])) != words:
            yield f"{key} at another place"


@pytest.mark.parametrize("change", CHANGES)
def test_every_passage_is_found_in_a_changed_copy(change: str, seeds: list[Seed]) -> None:
    for seed in seeds:
        told = list(wrong(seed, CHANGES[change](seed.text)))
        assert told == []


@pytest.mark.parametrize("change", CHANGES)
def test_the_check_tells_moved_passages_in_the_file_named(
    change: str, seeds: list[Seed], corpus: Corpus, tmp_path: Path
) -> None:
    named = {}
    for seed in seeds:
        named[seed.file.facts.document.id] = tmp_path / seed.file.name
        (tmp_path / seed.file.name).write_bytes(CHANGES[change](seed.text).encode())
    checks = check_passages(corpus, Documents(named=named))
    found = {check.verdict for check in checks if check.document in named}
    assert found <= {Verdict.VERIFIED, Verdict.MOVED}
    assert Verdict.VERIFIED in found if change == "the same" else True


def test_a_paragraph_put_in_anywhere_changes_only_the_passages_it_parts(seeds: list[Seed]) -> None:
    for seed in seeds:
        ends = [match.start() for match in re.finditer(r"\n", seed.text)][::5]
        for at in ends:
            copy = seed.text[:at] + INSERTED + seed.text[at:]
            for key, place in seed.places.items():
                changed = verify(place, copy)[0] is Verdict.CHANGED
                assert changed == (place.start < at < place.end), key


def test_a_changed_word_changes_the_passages_it_stands_in_and_no_other(seeds: list[Seed]) -> None:
    for seed in seeds:
        for place in seed.places.values():
            words = list(re.finditer(r"\w+", seed.text[place.start : place.end]))
            for word in {words[0], words[len(words) // 2], words[-1]}:
                start, end = place.start + word.start(), place.start + word.end()
                copy = f"{seed.text[:start]}zebra{seed.text[end:]}"
                for key, other in seed.places.items():
                    changed = verify(other, copy)[0] is Verdict.CHANGED
                    assert changed == (start < other.end and end > other.start), key


def as_page(text: str) -> bytes:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    return f"<!doctype html><title>Copy</title><body><nav>Home</nav>{lines}</body>".encode()


def as_word_file(text: str) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "made"), [("a.html", as_page), ("a.docx", as_word_file)])
def test_every_passage_is_found_in_another_format(
    name: str,
    made: Callable[[str], bytes],
    seeds: list[Seed],
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ingest import readings
    from ingest.readers import read_bytes

    monkeypatch.setattr(readings, "read_limited", read_bytes)  # our own files need no limits
    named = {}
    for seed in seeds:
        path = tmp_path / seed.file.facts.document.id / name
        path.parent.mkdir()
        path.write_bytes(made(seed.text))
        named[seed.file.facts.document.id] = path
    checks = check_passages(corpus, Documents(named=named))
    lost = [c.iri for c in checks if c.document in named and c.verdict is Verdict.CHANGED]
    assert lost == []
    assert sum(check.span is not None for check in checks) > 150


# --- what seeds do not have: own texts ---

HEAD = "The Journal of Lakes"
BROKEN = (
    "Towns speak up.\n\nThe lake board must publish its well-\nknown books, and the account-\n"
    f"\f{HEAD}\nants who read them, at once.\n"
)
WHOLE = (
    "The lake board must publish its well-known books, and the accountants who read them, at once."
)


def test_a_passage_goes_on_after_a_running_head() -> None:
    copy = WHOLE.replace("books,", f"books,\n{HEAD}\n")
    gap = (copy.index(HEAD), copy.index(HEAD) + len(HEAD))
    place = anchor(WHOLE, 0, len(WHOLE))
    assert verify(place, copy)[0] is Verdict.CHANGED
    verdict, span = verify(place, copy, [gap])
    assert verdict in {Verdict.VERIFIED, Verdict.MOVED}
    assert span == (0, len(copy))


def test_an_anchor_leaves_a_running_head_out_of_its_words() -> None:
    text = WHOLE.replace("books,", f"books,\n{HEAD}\n")
    gap = (text.index(HEAD), text.index(HEAD) + len(HEAD))
    place = anchor(text, 0, len(text), gaps=[gap])
    assert verify(place, text, [gap])[0] is Verdict.VERIFIED
    assert verify(place, WHOLE)[0] is not Verdict.CHANGED
    # A passage in a gap, such as a footnote, keeps its words.
    note = anchor(text, *gap, gaps=[gap])
    assert normalise(note.first) in normalise(HEAD)


@pytest.mark.parametrize("hyphen", ["well-\nknown", "well-\r\n  known"])
def test_a_hyphen_at_the_end_of_a_line_is_the_word_s_own_or_the_printer_s(hyphen: str) -> None:
    place = anchor(WHOLE, 0, len(WHOLE))
    own = "First.\n" + WHOLE.replace("well-known", hyphen)
    assert verify(place, own) == (Verdict.MOVED, (7, len(own)))
    printer = "First.\n" + WHOLE.replace("accountants", "account-\nants")
    assert verify(place, printer) == (Verdict.MOVED, (7, len(printer)))


def test_the_nearest_of_several_places_is_found() -> None:
    words = "The lake board must publish its books at once."
    text = f"{'A line about herons. ' * 20}{words} The end."
    place = anchor(text, text.index(words), text.index(words) + len(words))
    copy = f"{words} {text} {words}"
    verdict, span = verify(place, copy)
    assert (verdict, span) == (Verdict.MOVED, (place.start + len(words) + 1, len(copy) - 56))


def test_a_long_document_is_searched_in_little_time() -> None:
    """Hundreds of passages in 100,000 words: a search that folds the text for each is too slow."""
    lines = [f"In year {n} the board of lake {n * 7} paid {n * 13} for boats." for n in range(9000)]
    text = "\n".join(lines)
    places = [
        anchor(text, (at := text.index(line)), at + len(line))
        for line in lines[:: len(lines) // 200]
    ]
    copies = [text.replace("\n", "\r\n"), text.replace("paid", "owed"), INSERTED + text]
    began = time.process_time()
    verdicts = [{verify(place, copy)[0] for place in places} for copy in copies]
    assert verdicts[1:] == [{Verdict.CHANGED}, {Verdict.MOVED}]
    repeated = Anchor(0, 100, "the the", "the the", "x", "y")
    assert verify(repeated, "the " * 100_000)[0] is Verdict.CHANGED
    assert time.process_time() - began < 10
