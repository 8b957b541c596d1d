"""Words that a person gives, found in a text that writes quotes, dashes and spaces otherwise."""

import pytest

from ingest.quotes import stretch
from ingest.readers import read_bytes
from ontology.errors import UsageError

LETTER = (
    "The guild says:\r\n“We, the towns\u2019 rowers,\nask for a har-\nbour \u2013 now”,\u00a0and\n"
    "3\nfor a café.\nThe rowers sign."
)


@pytest.mark.parametrize(
    ("first", "last", "meant"),
    [
        ("The guild says: “We", "rowers,", LETTER[: LETTER.index("\nask")]),
        ("\"We, the towns' rowers", 'now"', LETTER[LETTER.index("“") : LETTER.index(",\u00a0and")]),
        ("ask  for", "a harbour", "ask for a har-\nbour"),
        ("bour - now", "now", "bour \u2013 now"),
        ("for a cafe\u0301.", "sign.", "for a café.\nThe rowers sign."),
        ("rowers", "rowers", None),
        ("a boat", "now", None),
        ("The rowers", "ask for", None),
    ],
)
def test_words_are_found_however_line_ends_and_quotes_are_written(
    first: str, last: str, meant: str | None
) -> None:
    if meant is None:
        with pytest.raises(UsageError):
            stretch(LETTER, first, last)
        return
    start, end = stretch(LETTER, first, last)
    assert LETTER[start:end] == meant


def test_words_are_found_over_a_running_head_that_the_reading_tells() -> None:
    head = LETTER.index("3\n")
    start, end = stretch(LETTER, "and for a", "café.", gaps=[(head, head + 1)])
    assert LETTER[start:end] == "and\n3\nfor a café."
    with pytest.raises(UsageError, match="stand there 0 times"):
        stretch(LETTER, "and for a", "café.")


def test_the_last_words_end_no_earlier_than_the_first() -> None:
    text = read_bytes(b"The pier is shut. The pier opens in May, says the guild.", "a.txt").text
    assert stretch(text, "The pier opens", "The pier opens") == (18, 32)
    with pytest.raises(UsageError, match="do not stand after"):
        stretch(text, "The pier opens", "pier")
