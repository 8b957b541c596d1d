"""Passages are anchored without copying them and found again when the document changes."""

import pytest

from ingest.passages import (
    Anchor,
    Verdict,
    anchor,
    covers_sentences,
    exposes,
    normalise,
    text_fragment,
    verify,
)

TEXT = (
    "Harbour Watch: yearly notes\n\n"
    "The Harbour Board “must publish” its fees — every year, in full, and without delay.\n"
    "  • open the books to auditors chosen by the towns;\n"
    "  • answer letters within a month.\n\n"
    "Ida Example, a clerk, was dismissed in May. The towns protested at once.\n"
)
ASK = "The Harbour Board"


def _span(first: str, last: str) -> tuple[int, int]:
    start = TEXT.index(first)
    return start, TEXT.index(last, start) + len(last)


def test_an_anchor_holds_a_few_words_and_never_the_sentence() -> None:
    place = anchor(TEXT, *_span(ASK, "delay."))
    assert place.first == "The Harbour Board “must"
    assert place.last == "full, and without delay."
    assert len(place.raw) == len(place.normalised) == 64


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "A line put in front.\n" + text,
        lambda text: " ".join(text.split()),
        lambda text: text.replace("“", '"').replace("”", '"').replace("—", "-"),
        lambda text: text.replace("fees", "fe\u00ades"),
        lambda text: text.replace(" every", "\u00a0every"),
    ],
    ids=["CRLF", "inserted line", "collapsed", "plain quotes", "soft hyphen", "no-break space"],
)
@pytest.mark.parametrize(
    ("first", "last"),
    [(ASK, "delay."), ("must publish", "fees"), ("open the books", "the towns"), (ASK, "towns;")],
)
def test_a_passage_survives_what_editors_do_to_a_document(change, first, last) -> None:  # type: ignore[no-untyped-def]
    place = anchor(TEXT, *_span(first, last))
    verdict, span = verify(place, change(TEXT))
    assert verdict in (Verdict.VERIFIED, Verdict.MOVED)
    assert span is not None
    assert normalise(change(TEXT)[span[0] : span[1]]) == normalise(TEXT[place.start : place.end])


def test_a_changed_word_is_told_from_a_moved_passage() -> None:
    place = anchor(TEXT, *_span(ASK, "delay."))
    assert verify(place, TEXT)[0] is Verdict.VERIFIED
    assert verify(place, "x " + TEXT)[0] is Verdict.MOVED
    assert verify(place, TEXT.replace("every year", "every decade")) == (Verdict.CHANGED, None)


def test_a_name_withheld_is_in_no_first_or_last_words() -> None:
    name = (TEXT.index("Ida"), TEXT.index("Ida") + len("Ida Example"))
    place = anchor(TEXT, *_span("Ida Example", "May."), withheld=[name])
    assert "Ida" not in place.first + place.last
    assert place.first == "a clerk," or place.first.startswith("a clerk")
    assert verify(place, "A line more.\n" + TEXT)[0] is Verdict.MOVED


def test_less_than_a_sentence_around_a_withheld_name_is_refused() -> None:
    name = (TEXT.index("Ida"), TEXT.index("Ida") + len("Ida Example"))
    with pytest.raises(ValueError, match="take the whole sentence"):
        anchor(TEXT, *_span("Ida Example", "clerk"), withheld=[name])


def test_words_or_a_short_hash_that_give_a_name_away_are_found() -> None:
    name = (TEXT.index("Ida"), TEXT.index("Ida") + len("Ida Example"))
    start, end = _span("Ida Example", "May.")
    safe = anchor(TEXT, start, end, withheld=[name])
    assert not exposes(safe, TEXT, [name])
    assert exposes(Anchor(start, end, "Ida Example,", safe.last, "", ""), TEXT, [name])
    short = Anchor(start, TEXT.index("clerk"), "a", "a", "", "")
    assert exposes(short, TEXT, [name])


def test_nothing_but_a_withheld_name_cannot_be_anchored() -> None:
    text = "Ida Example\nwas here."
    with pytest.raises(ValueError, match="nothing but withheld"):
        anchor(text, 0, 11, withheld=[(0, 11)])


def test_first_words_grow_until_they_stand_only_once() -> None:
    text = "We ask the board to act now. Later on. We ask the board to resign at once, and soon."
    start = text.index("We ask the board to resign")
    assert anchor(text, start, len(text)).first == "We ask the board to resign"
    with pytest.raises(ValueError, match="begin earlier"):
        anchor("again. again.", 0, 6)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10_000)])
def test_a_range_outside_the_document_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not a range"):
        anchor(TEXT, start, end)


def test_a_sentence_is_known_by_its_ends() -> None:
    assert covers_sentences(TEXT, *_span("The towns", "once."))
    assert covers_sentences(TEXT, *_span("• open", "towns;"))
    assert not covers_sentences(TEXT, *_span("towns protested", "once."))
    assert not covers_sentences(TEXT, *_span("The towns", "protested"))


def test_a_fragment_encodes_what_is_syntax_in_a_text_directive() -> None:
    assert text_fragment("al-Amin, A & B", "x") == ":~:text=al%2DAmin%2C%20A%20%26%20B,x"
