"""Four languages: catalogues that agree, the language of a page, and how long it lasts."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

import explorer
from explorer.between.file import HOW_TO_READ
from explorer.between.picturing import DRAWN
from explorer.between.safeguards import LEGEND
from explorer.between.sections import SECTIONS
from explorer.checking import PASSAGE_WORDS
from explorer.choosing import changes, comparison, heatmap, network, timeline
from explorer.choosing.asking import VIEWS
from explorer.languages.choosing import NOTE
from explorer.languages.saying import NAMES, catalogue, known, say, speak, speaking, spoken
from explorer.main import PAGES
from explorer.marks import ASPECTS
from explorer.markup import address
from explorer.picture import LOOKS
from explorer.quoting import IN_YOUR_COPY
from explorer.selection import CHANGES, FACETS, VOICES
from explorer.sparql import OPEN_WAYS
from explorer.views import check, method
from explorer.views.links import PICTURES
from explorer.voices import ONE_VOICE
from explorer.words import (
    AXES,
    AXIS_QUESTIONS,
    COMPUTED_WORDS,
    GIVES_DATA,
    date_in_words,
    marked_word,
    word,
)
from ingest.sources import Document
from ontology.terms import LANGUAGES, scheme, scheme_iri, scheme_names

ROOM = Path(explorer.__file__).parent
OTHERS = [tag for tag in LANGUAGES if tag != "en"]
LISTED = [
    *FACETS.values(), *VOICES.values(), *VIEWS.values(), *AXES.values(), *AXIS_QUESTIONS.values(),
    *COMPUTED_WORDS.values(), *heatmap.BY.values(), *(one for t, _, m in PAGES.values()
    for one in (t, m)), NOTE, ONE_VOICE, network.NOTHING, timeline.MADE, changes.NEW, network.ASKS,
    timeline.SINCE, comparison.NONE, *CHANGES.values(), *ASPECTS.values(),
    *DRAWN, *PICTURES, *SECTIONS, LEGEND, HOW_TO_READ, GIVES_DATA, *IN_YOUR_COPY.values(),
    *(look.word for look in LOOKS.values()), *method.STATUSES_TOLD, *method.COUNTS_TOLD,
    *method.RECOMMENDATIONS, *method.DOCUMENTS, *get_args(Document.model_fields["read"].annotation),
    *PASSAGE_WORDS.values(), *(f"passages {words}" for words in PASSAGE_WORDS.values()),
    *OPEN_WAYS.values(), *check.MEANINGS.values(), *check.TITLES.values(),
]  # fmt: skip
"""Messages that a page takes from a list or a constant."""
SAYING = {
    "say": slice(1), "say_html": slice(1), "say_number": slice(1, None), "ask_one": slice(1, 2),
}  # fmt: skip
"""Which arguments of a function are messages."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


@cache
def said() -> set[str]:
    """Every message that stands in a call of say()."""
    messages = (
        arg
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id in SAYING
        for arg in node.args[SAYING[node.func.id]]
    )  # fmt: skip
    return {str(arg.value) for arg in messages if isinstance(arg, ast.Constant)}


def placeholders(message: str) -> set[tuple[str, str]]:
    return {(name, form or "") for _, name, form, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_message_that_the_pages_say(language: str) -> None:
    assert not sorted((said() | set(LISTED)) - set(catalogue(language)))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_not_empty_and_keeps_its_placeholders(language: str) -> None:
    for message, translated in catalogue(language).items():
        assert translated.strip(), message
        assert placeholders(translated) == placeholders(message), message


def test_all_catalogues_translate_the_same_messages() -> None:
    assert len({frozenset(catalogue(language)) for language in OTHERS}) == 1


def test_the_document_on_languages_tells_how_many_concepts_are_translated() -> None:
    told = (ROOM.parent / "docs" / "languages.md").read_text("utf-8")
    concepts = {iri for name in scheme_names() for iri in (*scheme(name), scheme_iri(name))}
    assert f"four: {len(concepts)} concepts and lists" in told


def test_each_language_has_a_catalogue_and_each_catalogue_a_language() -> None:
    found = {
        file.name.removesuffix(".toml")
        for file in (files("explorer") / "languages").iterdir()
        if file.name.endswith(".toml")
    }
    assert found == set(OTHERS)


def test_words_of_a_status_are_in_the_language_that_is_spoken() -> None:
    speak("fr")
    assert marked_word("partiallyAdopted") == "◐ partiellement adoptée"
    assert word("unassessed") == "non évaluée"
    assert date_in_words("../2025-11") == "au plus tard 2025-11"
    with speaking("en"):
        assert word("partiallyAdopted") == "partially adopted"
    assert spoken() == "fr"


def test_what_has_no_translation_is_said_in_english() -> None:
    speak("ar")
    assert say("{count} of a message that no catalogue has", count=3).startswith("3 of a message")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr-CH", "fr"), ("AR", "ar"), ("es", "es"), ("de-DE", None), ("", None), (None, None)],
)
def test_the_language_of_a_browser_counts_where_it_is_one_of_ours(
    tag: str | None, language: str | None
) -> None:
    assert known(tag) == language


def test_links_keep_a_language_that_was_chosen_and_only_such() -> None:
    assert address("links", one="a") == "links?one=a"
    speak("fr")
    assert address("links", one="a") == "links?one=a"
    speak("fr", chosen=True)
    assert address("links", one="a") == "links?one=a&lang=fr"


def page(language: str) -> AppTest:
    at = AppTest.from_file(str(ROOM / "main.py"), default_timeout=60)
    at.query_params["lang"] = language
    return at.run()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Quelles recommandations ont été adoptées"),
        ("es", "¿Qué recomendaciones se adoptaron"),
        ("ar", "ما التوصيات التي اعتُمدت"),
        ("tlh", "Which recommendations were adopted"),
    ],
)
def test_the_first_page_opens_in_the_language_of_its_address(language: str, title: str) -> None:
    at = page(language)
    assert not at.exception
    assert title in at.title[0].value
    shown = " ".join(block.proto.body for block in at.get("html"))
    assert ("direction: rtl" in shown) == (language == "ar")
    if language in NAMES:
        with speaking(language):
            assert word("partiallyAdopted") in shown
        assert f'<div lang="{language}">' in shown


def test_the_switch_changes_the_language_and_keeps_what_is_chosen() -> None:
    at = page("en")
    at.query_params["status"] = ["adopted"]
    at.run()
    at.radio(key="language").set_value("fr").run()
    assert "Quelles recommandations" in at.title[0].value
    assert at.query_params["lang"] == "fr"
    assert at.query_params["status"] == "adopted"
