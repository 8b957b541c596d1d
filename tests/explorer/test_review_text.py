"""A document's text around a passage: marked, dimmed, without withheld names, not too long."""

import pytest

from explorer.review.text import around, found, moved, paragraphs
from ingest.readers import Block, Reading
from ontology.errors import UsageError

TEXT = "Menu Home\nThe locks\nWe ask Tresmark\nto mend the weir.\n12\nWilmot Farrow wrote to us."


def reading(text: str = TEXT, pages: tuple[int, ...] = ()) -> Reading:
    """Return a reading of some lines: a menu, a heading, paragraphs."""
    places, at = [], 0
    for line in text.split("\n"):
        places.append((at, at + len(line)))
        at += len(line) + 1
    menu, heading, first, second, number, *rest = places
    blocks = [
        Block("paragraph", *menu, furniture="menu"), Block("heading", *heading),
        Block("paragraph", first[0], number[1]), *(Block("paragraph", *one) for one in rest),
    ]  # fmt: skip
    del second
    return Reading("t.txt", "0" * 64, "text/plain", text, tuple(blocks), pages, (number,), "en")


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


NAMES = [span("Wilmot Farrow")]


def test_the_passage_is_marked_and_furniture_is_told_apart() -> None:
    shown = around(reading(), [span("mend the weir")], NAMES)
    assert "<mark>mend the weir</mark>." in shown
    assert '<div class="rg-furniture" title="not the document&#x27;s own words: menu">' in shown
    assert 'class="rg-block rg-heading">The locks' in shown


def test_a_withheld_name_and_what_interrupts_the_text_are_not_shown() -> None:
    shown = around(reading(), [span("to mend"), span("Farrow wrote")], NAMES)
    assert "Farrow" not in shown
    assert "Wilmot" not in shown
    assert "[name withheld]" in shown
    assert "12" not in shown


def test_what_is_far_from_every_passage_is_left_out() -> None:
    text = f"{TEXT}\n" + "\n".join(f"Line {i} of many." for i in range(500))
    far = text.index("Line 480")
    shown = around(reading(text), [span("mend the weir"), (far, far + 8)], NAMES, 60)
    assert "<mark>Line 480</mark>" in shown
    assert "Line 479 " in shown
    assert "Line 240 " not in shown
    assert shown.count("…") == 2


def test_pages_are_told_where_they_begin() -> None:
    shown = around(reading(pages=(0, TEXT.index("Wilmot"))), [span("mend the weir")], NAMES)
    assert shown.index("page 1") < shown.index("The locks") < shown.index("page 2")


@pytest.mark.parametrize(
    ("end", "step", "words"),
    [
        ("first", 1, "mend the weir."), ("first", -1, "Tresmark\nto mend the weir."),
        ("last", -1, "to mend the"), ("last", 1, "to mend the weir.\n12"),
    ],
)  # fmt: skip
def test_an_end_moves_by_one_word(end: str, step: int, words: str) -> None:
    start, stop = moved(TEXT, span("to mend the weir."), end, step)
    assert TEXT[start:stop] == words


def test_a_passage_keeps_a_word_and_stays_in_the_text() -> None:
    only = span("mend")
    assert moved(TEXT, only, "first", 1) == only
    assert moved(TEXT, only, "last", -1) == only
    assert moved(TEXT, (0, 4), "first", -1) == (0, 4)
    assert moved(TEXT, (0, len(TEXT)), "last", 1) == (0, len(TEXT))


def test_words_are_found_over_line_ends() -> None:
    start, end = found(reading(), "Tresmark to mend", "weir.")
    assert TEXT[start:end] == "Tresmark\nto mend the weir."


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("to", "weir.", "stand there 2 times"), ("mend", "Menu", "do not stand after"),
     ("nowhere", "weir", "stand there 0 times"), ("mend", " ", "first and its last words")],
)  # fmt: skip
def test_words_that_mark_no_one_place_are_refused(first: str, last: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        found(reading(), first, last)


def test_of_several_places_the_one_near_the_passage_is_meant() -> None:
    start, _ = found(reading(), "to", "us.", near=NAMES[0])
    assert start == TEXT.index("to us")


def test_paragraphs_are_searched_as_they_are_shown() -> None:
    assert list(paragraphs(reading(), "WEIR tresmark", NAMES)) == [
        (TEXT.index("We ask"), TEXT.index("\nWilmot"))
    ]
    assert paragraphs(reading(), "Farrow", NAMES) == {}
