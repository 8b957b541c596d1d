"""Four languages: catalogues that agree, the language of a page, and how long it lasts."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from itertools import chain
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
from explorer.canvas import BUTTONS
from explorer.checking import PASSAGE_WORDS
from explorer.choosing import changes, comparison, heatmap, network, timeline
from explorer.choosing.asking import VIEWS
from explorer.deciding import STATES
from explorer.entitypages import TEXTS
from explorer.languages.choosing import NOTE
from explorer.languages.saying import (
    COLON,
    COMMA,
    NAMES,
    OR,
    SEMICOLON,
    catalogue,
    known,
    listed,
    number,
    say,
    speak,
    speaking,
    spoken,
)
from explorer.main import PAGES
from explorer.marks import ASPECTS
from explorer.markup import address, element, escaped, listed_html, plain, say_html, seen
from explorer.picture import LOOKS
from explorer.quoting import IN_YOUR_COPY
from explorer.review import (
    acting,
    byhand,
    choices,
    deciding,
    describing,
    importing,
    journal,
    passage,
    waiting,
)
from explorer.selection import CHANGES, FACETS, VOICES
from explorer.settings import read_settings
from explorer.sparql import OPEN_WAYS
from explorer.tables import as_records, columns_of
from explorer.views import check, document, method, review
from explorer.views.links import PICTURES
from explorer.voices import ONE_VOICE
from explorer.words import (
    AXES,
    AXIS_QUESTIONS,
    CLAIMED,
    COMPUTED_WORDS,
    GIVES_DATA,
    TONGUES,
    concepts,
    date_in_words,
    heading,
    marked_word,
    side_words,
    title_of,
    word,
)
from explorer.workspace import open_current
from graph.entities import labels
from graph.parameters import words_of
from graph.questions import QUESTIONS, ask
from ingest.sources import Document
from ontology.identifiers import KINDS
from ontology.terms import LANGUAGES, scheme, scheme_iri, scheme_names

ROOM = Path(explorer.__file__).parent
OTHERS = [tag for tag in LANGUAGES if tag != "en"]
CANDIDATES = ("ask", "reported ask", "mandate", "status")
"""What rules propose."""


def missing() -> set[str]:
    """What a form of the review may say is missing."""
    calls = (
        node
        for path in (ROOM / "review").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "need"
    )
    return {str(one.arg).replace("_", " ") for call in calls for one in call.keywords}


LISTED = [
    *FACETS.values(), *VOICES.values(), *VIEWS.values(), *AXES.values(), *AXIS_QUESTIONS.values(),
    *COMPUTED_WORDS.values(), *heatmap.BY.values(), *(one for t, _, m in PAGES.values()
    for one in (t, m)), NOTE, ONE_VOICE, network.NOTHING, timeline.MADE, changes.NEW, network.ASKS,
    timeline.SINCE, comparison.NONE, *CHANGES.values(), *ASPECTS.values(),
    *DRAWN, *PICTURES, *SECTIONS, LEGEND, HOW_TO_READ, GIVES_DATA, *IN_YOUR_COPY.values(),
    *(look.word for look in LOOKS.values()), *method.STATUSES_TOLD, *method.COUNTS_TOLD,
    *method.RECOMMENDATIONS, *method.DOCUMENTS, *get_args(Document.model_fields["read"].annotation),
    *PASSAGE_WORDS.values(), *(f"passages {words}" for words in PASSAGE_WORDS.values()),
        *KINDS, "absence", "allegation", "safeguard", "statistic", *CLAIMED.values(),
    *TEXTS.values(), *document.LINKS.values(), *document.READ.values(),
    *OPEN_WAYS.values(), *BUTTONS.values(),
    *review.TABS, *review.ROLES.values(), acting.NOBODY, *missing(),
    *byhand.ACTS, *byhand.ACTS.values(), *choices.RELATIONS.values(), *deciding.DECIDED.values(),
    *(way.capitalize() for way in deciding.WAYS), *describing.READ.values(), importing.OWN,
    importing.OTHER, *(label for label, _, _ in importing.OFFERED), *passage.WAYS, *waiting.SHOWN,
    *(one for pair in journal.VERBS.values() for one in pair), *waiting.KINDS, *STATES.values(),
    *TONGUES.values(), *CANDIDATES,
    COLON, COMMA, OR, SEMICOLON, *check.MEANINGS.values(), *check.TITLES.values(),
    *(one.title for one in QUESTIONS.values()), *(one.doc for one in QUESTIONS.values()),
    *(p.doc for one in QUESTIONS.values() for p in one.parameters),
    *(title_of(p.name) for one in QUESTIONS.values() for p in one.parameters),
    *(title_of(name) for one in QUESTIONS.values() for name in columns_of(one.row)),
]  # fmt: skip
"""Messages that a page takes from a list or a constant."""
SAYING = {
    "say": slice(1), "say_html": slice(1), "say_number": slice(1, None), "ask_one": slice(1, 2),
    "for_number": slice(1, None), "put_question": slice(1, 2),
}  # fmt: skip
"""Which arguments of a function are messages."""
WORD = re.compile("[a-z]+([A-Z][a-z]+)*")
"""What a program calls a concept, and what is written as a word of a list."""
PAGES_OF_PEOPLE = sorted({
    *(path for folder in ("views", "entity", "choosing", "between", "review")
      for path in (ROOM / folder).glob("*.py")),
    *(ROOM / f"{name}.py" for name in ("entitypages", "main", "picture", "quoting")),
})  # fmt: skip
"""The modules of which every text that is shown is a message."""
NO_MESSAGES = {
    "Turtle", "reformgraph show ", "SELECT ?s WHERE { ?s a rg:Recommendation }",
    "By hand", "Violation", "Warning", "Info",
    "table ", "chooser ", "csv ", "centre ", "passages ",  # keys of widgets
}  # fmt: skip
"""Texts that are the same in every language: of commands, formats, addresses and keys."""


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


def test_a_day_keeps_its_order_among_arabic_words() -> None:
    with speaking("ar"):
        assert "\u200e2026-02-19\u200e" in seen(date_in_words("../2026-02-19"))
        assert "\u200e2026-02-19\u200e" in escaped(say("as of {day}", day=dt.date(2026, 2, 19)))
        assert date_in_words("2025") == "2025"  # one number needs no order
    assert date_in_words("../2026-02-19") == "by 2026-02-19"


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_message_that_the_pages_say(language: str) -> None:
    assert not sorted((said() | set(LISTED)) - set(catalogue(language)))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_not_empty_and_keeps_its_placeholders(language: str) -> None:
    for message, translated in catalogue(language).items():
        assert translated.strip(), message
        assert placeholders(translated) == placeholders(message), message


def test_a_list_has_the_marks_of_the_language_of_the_page() -> None:
    with speaking("ar"):
        assert listed(["INTERPOL", "AIMC"]) == "INTERPOL، AIMC"
        assert listed_html(["<b>", "AIMC"], SEMICOLON) == "&lt;b&gt;؛ AIMC"
    with speaking("fr"):
        assert listed(["Thème", "recours"], COLON) == "Thème\u00a0: recours"
        assert plain(" a\u00a0:\n b ") == "a\u00a0\\: b"  # no line ends before the sign
    assert (listed_html([]), listed_html(["one"])) == ("", "one")


def test_what_is_in_another_language_runs_in_a_direction_of_its_own() -> None:
    with speaking("ar"):
        assert element("p", "It ends.", lang="en") == '<p lang="en" dir="auto">It ends.</p>'
        assert element("p", "نص", lang="ar") == '<p lang="ar">نص</p>'


def test_a_french_sign_does_not_begin_a_line() -> None:
    for translated in catalogue("fr").values():
        assert not re.search(r"« |\w [:;!?»]", translated), translated


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["12,345 more", "1,234", "0.25"]),
        ("fr", ["12\u00a0345 de plus", "1\u00a0234", "0,25"]),
        ("es", ["12\u00a0345 más", "1234", "0,25"]),
        ("ar", ["12,345 أخرى", "1,234", "0.25"]),
    ],
)
def test_a_number_is_written_as_the_language_of_the_page_does(
    language: str, told: list[str]
) -> None:
    with speaking(language):
        assert [say("{count:,} more", count=12345), number(1234), number(0.25, ".2f")] == told
        assert say_html("{count:,} more", count=12345) == told[0]


def texts_in(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module that begins as people's do, and what is put together of words."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    # What is said while a cache is filled, is fixed before the language of a page is known.
    told |= {id(node.value) for node in ast.walk(tree)
             if isinstance(node, ast.keyword) and node.arg == "show_spinner"}  # fmt: skip
    pieces = {id(one) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for one in n.values}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        begins = re.match(r"“?[A-Z][a-z]+( |$)", node.value)
        # The pages of the review put only the keys of their widgets together.
        glued = id(node) in pieces and path.parent.name != "review"
        words = glued and re.search(r"(^| )[A-Za-z]{2,}[,;:.]? ", node.value)
        if id(node) not in told and (begins or words):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", PAGES_OF_PEOPLE, ids=lambda path: path.stem)
def test_every_text_of_a_page_is_a_message(path: Path) -> None:
    known = {*catalogue("fr"), *NO_MESSAGES}
    assert not [(line, text) for line, text in texts_in(path) if text not in known]


def test_all_catalogues_translate_the_same_messages() -> None:
    assert len({frozenset(catalogue(language)) for language in OTHERS}) == 1


def test_the_document_on_languages_tells_how_many_concepts_are_translated() -> None:
    told = (ROOM.parent / "docs" / "languages.md").read_text("utf-8")
    concepts = {iri for name in scheme_names() for iri in (*scheme(name), scheme_iri(name))}
    assert f"four: {len(concepts)} concepts and lists" in told


@pytest.mark.parametrize("language", OTHERS)
def test_no_two_columns_of_an_answer_have_one_name(language: str) -> None:
    with speaking(language):
        for question in QUESTIONS.values():
            heads = [heading(name) for name in columns_of(question.row)]
            assert len({*heads}) == len(heads), question.name


@pytest.mark.usefixtures("river")
def test_every_word_of_an_answer_is_said_in_each_language() -> None:
    store = open_current(read_settings())
    linked = {"one": "ombrel-commission", "other": "highland-lakes-council"}
    for question in QUESTIONS.values():
        given = linked if any(p.required for p in question.parameters) else {}
        assert {*chain(*(words_of(p.kind) for p in question.parameters))} <= {*concepts("en")}
        rows = ask(store, question.name, **given)
        assert rows, question.name
        for row in as_records(rows):
            for column, value in row.items():
                if column == "unit":  # a text of the data
                    continue
                told = [one for one in (value if isinstance(value, list) else [value])
                        if isinstance(one, str) and WORD.fullmatch(one)]  # fmt: skip
                known = LANGUAGES if column.endswith("language") else concepts("en")
                assert not {*told} - {*known}, (question.name, column)


def test_a_side_of_a_disagreement_is_told_in_the_language_of_the_page() -> None:
    speak("fr")
    assert side_words("denies: The river is low") == "nie\u00a0: The river is low"
    assert side_words("stated: appeal") == "affirmée\u00a0: recours"
    assert (
        side_words("1063 signatures listed")
        == "Signatures figurant dans la liste\u00a0: 1\u00a0063"
    )
    assert side_words("Seat: on the board") == "Seat: on the board"


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
    assert word("denied") == "niée"
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


class Reader(HTMLParser):
    """What is shown as HTML, each text with the language that it says it is in."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str]] = []
        self._languages = ["en"]
        self.feed(shown)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self._languages[-1]
        if tag not in ("br", "hr", "img", "input", "meta", "link"):
            self._languages.append(language)
        self.attributes += [(language, given[name] or "") for name in ("title", "aria-label")
                            if name in given]  # fmt: skip

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._languages.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((self._languages[-1], data))


def widget_texts(at: AppTest) -> Iterator[str]:
    """The words around a page's widgets, without what can be chosen in them."""
    for block in at.main.children.values():
        for node in block:
            for name in ("label", "help", "placeholder"):
                yield str(getattr(node.proto, name, ""))
    yield from (head.value for head in (*at.title, *at.header, *at.subheader))
    yield from (told.value for told in at.warning)
    yield from (head for table in at.dataframe for head in table.value.columns)


NAMING = ("links", "review")
"""The pages that have names in the midst of sentences and in widgets."""


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    ("name", "query"),
    [
        (
            "questions",
            {"id": "none", "question": "Which documents are in, and what was read of them?"},
        ),
        ("recommendation", {"id": "open-locks-2014-gauges"}),
        ("actor", {"id": "open-locks-network", "part": "what-it-says"}),
        ("actor", {"id": "ombrel-inspectors", "part": "ties"}),
        ("actor", {"id": "ombrel-commission", "part": "offers"}),
        ("instrument", {"id": "navigation-rules"}),
        ("instrument", {"id": "lakes-agreement"}),
        ("document", {"id": "open-locks-2015", "passage": "no-appeal"}),
        ("document", {"id": "open-locks-2015", "part": "in-the-text"}),
        ("case", {"id": "case-3efdaa"}),
        ("election", {"id": "ombrel-election-2013"}),
        ("links", {"id": "none"}),
        ("around", {"id": "version/lakes-agreement/2011"}),
        *(
            ("recommendations", {"id": "none", "since": "2014-06-01", "view": view})
            for view in VIEWS
        ),
        ("recommendations", {"id": "none", "q": "a", "issuer": "open-locks-network"}),
        ("method", {"id": "none"}),
        ("check", {"id": "none"}),
        ("review", {"id": "none"}),
        ("review", {"id": "none", "tab": "By hand"}),
    ],
)
def test_an_arabic_page_says_nothing_of_its_own_in_english(
    name: str, query: dict[str, str]
) -> None:
    script = (
        "from explorer.languages.choosing import begin\n"
        f"from explorer.views import {name}\nbegin()\n{name}.show()\n"
    )
    at = AppTest.from_string(script, default_timeout=120)
    for key, value in {**query, "lang": "ar"}.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    assert not at.warning
    shown = "".join(str(part.body) for part in at.html)
    assert all("lang=ar" in link for link in re.findall('href="(?!http)([^"]+)', shown))
    read = Reader(shown)
    own = [text for language, text in read.texts if language == "ar"]
    assert len(own) > 3 or name == "review"
    # An address, an id and the name of a format are the same in every language.
    known = labels(open_current(read_settings())).values() if name in NAMING else ()
    names = sorted(known, key=len, reverse=True)
    same = "|".join([r"https?://\S+", query["id"], "CSV|BibTeX|RIS|Turtle|JSON|SVG|HTML|Enter|Esc",
                     r"SPARQL|reformgraph check|\S+\.yaml( line \d+)?"])  # fmt: skip
    # Neither a widget nor an attribute can say the language of a part of its text.
    whole = [*widget_texts(at), *(text for language, text in read.attributes if language == "ar")]
    whole = [re.sub("|".join(map(re.escape, names)), "", text) for text in whole]
    texts = [re.sub(same, "", text) for text in [*own, *whole]]
    assert not [text for text in texts if re.search("[A-Za-z]{3}", text)]
