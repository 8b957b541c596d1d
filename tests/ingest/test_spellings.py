"""Names that a document withholds are found in every spelling; all the names here are invented."""

import pytest

from ingest.drafting import places_of, says_a_name
from ingest.readers import read_bytes
from ontology.errors import UsageError

SPELLINGS = [
    ("O'Neil", "O\u2019Neil"),
    ("O\u2019Neil", "O'NEIL"),
    ("O'Neil", "O\u02bcNeil"),
    ("O'Neil", "ONeil"),
    ("Jos\u00e9 Ruiz", "Jose\u0301 Ruiz"),
    ("Jose\u0301 Ruiz", "Jos\u00e9 Ruiz"),
    ("Jos\u00e9 Ruiz", "Jose Ruiz"),
    ("Jos\u00e9 Ruiz", "JOS\u00c9  RUIZ"),
    ("Jos\u00e9 Ruiz", "Jos\u00e9\n   Ruiz"),
    ("Jos\u00e9 Ruiz", "Jos\u00e9 Ru-\niz"),
    ("Jos\u00e9 Ruiz", "Jos\u00e9\u00a0Ru\u00adiz"),
    ("Jos\u00e9  Ruiz", "Jos\u00e9 Ruiz"),
    ("Li Bo", "li bo"),
    ("Li Bo", "Li-Bo"),
    ("J. R. Li", "J.R. Li"),
    ("J. R. Li", "JR Li"),
    ("Al-Kudri", "al\u2011kudri"),
    ("Al-Kudri", "Al Kudri"),
    ("Sa\u02bfid Om", "Sa'id Om"),
    ("\u0633\u0627\u0645\u064a", "\u0633\u0640\u0640\u0627\u0645\u064a"),
    ("\u0633\u0627\u0645\u064a", "\u0633\u064e\u0627\u0645\u0650\u064a"),
    ("\u0633\u0640\u064e\u0627\u0645\u064a", "\u0633\u0627\u0645\u064a"),
    ("\u0633\u0627\u0645\u064a", "\u0648\u0633\u0627\u0645\u064a"),
    ("\u0623\u0645\u064a\u0646", "\u0627\u0645\u064a\u0646"),
]


@pytest.mark.parametrize(("name", "other"), SPELLINGS)
def test_a_name_is_withheld_in_every_spelling(name: str, other: str) -> None:
    text = f"The case of {name} is old.\n\nAgain, {other}, was asked; nobody else was."
    reading = read_bytes(text.encode(), "letter.txt")
    told = [reading.text[a:b] for a, b in places_of(reading, [name])]
    assert told == [name, other]


@pytest.mark.parametrize(("name", "other"), SPELLINGS)
def test_a_name_is_not_said_in_any_spelling(name: str, other: str) -> None:
    text = f"The case of {name} is old."
    span = (12, 12 + len(name))
    assert says_a_name(f"What became of {other}: nothing.", text, [span])
    assert not says_a_name("What became of the case, also known as a libel: nothing.", text, [span])


@pytest.mark.parametrize("said", ["The ruiz case", "case-ruiz", "case_jos\u00e9", "Ru\u0301iz"])
def test_one_word_of_three_letters_gives_a_name_away(said: str) -> None:
    assert says_a_name(said, "Jos\u00e9 Ruiz", [(0, 9)])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A.", "A case of a kind"),  # an initial alone
        ("So", "and so it was"),
        ("Li Bo", "The list of books by Li"),
        ("Ruiz", "Ruizen, a town"),
        ("--", "no name -- at all"),
    ],
)
def test_what_only_looks_like_a_name_may_be_said(name: str, said: str) -> None:
    assert not says_a_name(said, name, [(0, len(name))])


def test_a_name_of_two_letters_is_told_by_its_capital() -> None:
    assert says_a_name("The case of So", "So", [(0, 2)])
    assert says_a_name("The case of SO", "So", [(0, 2)])


def test_a_name_is_found_where_no_space_stands_between_words() -> None:
    name = "\u674e\u535a"
    text = f"\u8bf7{name}\u5148\u751f"
    assert places_of(read_bytes(text.encode(), "a.txt"), [name]) == [(1, 3)]
    assert says_a_name(text, name, [(0, 2)])


@pytest.mark.parametrize("name", ["", " - ", "Nobody Here"])
def test_a_name_that_stands_nowhere_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="does not stand in"):
        places_of(read_bytes(b"A letter.", "a.txt"), [name])
