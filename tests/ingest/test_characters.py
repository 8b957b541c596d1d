"""Signs that hide, turn or counterfeit: refused wherever words come in, and real names taken."""

import pytest

from ingest.characters import fault_in, without_cloaks
from ingest.dates import fault_in_form
from ingest.fields import shown

TRICKS = {
    "a zero-width space": ("Harbour\u200b Board", "U+200B, zero width space"),
    "a soft hyphen": ("Har\u00adbour Board", "U+00AD, soft hyphen"),
    "an override of the direction": ("Harbour \u202edraoB", "U+202E, right-to-left override"),
    "a mark of direction": ("Harbour\u200f Board", "U+200F, right-to-left mark"),
    "an isolate": ("\u2067Harbour\u2069 Board", "U+2067"),
    "accents in a pile": ("Harbour Boa" + "\u0301" * 9 + "rd", "piles more than 6 accents"),
    "a Cyrillic letter among Latin ones": ("Harb\u043eur Board", "mixes Cyrillic and Latin"),
    "a joiner among Latin letters": ("Har\u200dbour Board", "U+200D, zero width joiner"),
    "a letter of mathematics": ("\U0001d407arbour Board", "passes for a plain letter"),
}
REAL = [
    "Conseil des ministres arabes de l\u2019Intérieur",
    "مجلس وزراء الداخلية العرب",
    "مُجَلِّسٌ وُزَرَاءِ",  # with its vowel signs
    "نمی\u200cدانم",  # Persian, with a non-joiner as it is spelled  # noqa: RUF001
    "क्\u200dष",  # Hindi, with a joiner
    "Türkiye Büyük Millet Meclisi",
    "İstanbul Sözleşmesi",
    "国际刑事警察组织",
    "国際刑事警察機構 ICPO",
    "Совет министров внутренних дел",
    "Міністерство внутрішніх справ",
    "Υπουργείο Εξωτερικών",
    "האגודה לזכויות האזרח",
    "Nguyễn Thị Hường",
    "Interpol-Генсекретариат",  # two scripts, each in a word of its own
    "Łódź, Việt Nam, Þingvellir",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_what_reads_otherwise_than_it_is_written_is_named_by_its_sign(trick: str) -> None:
    text, told = TRICKS[trick]
    assert told in (fault_in(text) or "")


@pytest.mark.parametrize("text", REAL)
def test_a_real_name_of_any_script_is_taken(text: str) -> None:
    assert fault_in(text) is None


def test_what_hides_can_be_taken_out_of_the_words_of_a_document() -> None:
    assert without_cloaks("Har\u00adbour\u200f \u202aBoard\u202c") == "Harbour Board"


def test_a_file_name_without_what_hides_may_come_back_in_an_export() -> None:
    assert shown("a\u202eb\u200b.csv") == "a\ufffdb\ufffd.csv"
    assert fault_in("Spreadsheet a\ufffdb\ufffd.csv") is None


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("2004-06-~11", "2004-06-11"),
        ("2004?-06", "2004-06-01/2004-06-30"),
        ("[1999,2001]", "1999-01-01/2001-12-31"),
        ("{1999..2001}", "1999-01-01/2001-12-31"),
        ("201X/2022", "2010-01-01/2022-12-31"),
        ("2011-25", "2011-03-01/2011-05-31"),
        ("199X-12-25", "1990-12-25/1999-12-25"),
        ("1950S2", "1950-01-01/1950-12-31"),
    ],
)
def test_of_a_date_of_level_2_it_is_said_what_to_write_instead(text: str, instead: str) -> None:
    assert (fault_in_form(text) or "").endswith(f"; write {instead}")


@pytest.mark.parametrize(
    "text", ["2025", "2025-11", "2025-11-24", "201X", "2004-XX", "2025-11~", "2025?", "../2022",
             "2017/2026-11-23", "2001-21"],
)  # fmt: skip
def test_a_date_of_the_first_levels_has_no_fault(text: str) -> None:
    assert fault_in_form(text) is None


def test_nothing_is_printed_about_a_date_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        fault_in_form("1984-1X")
    assert capsys.readouterr().out == ""
