"""The pages of actors, instruments, documents, cases and elections, and the links between them."""

import importlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph
from streamlit.testing.v1 import AppTest

from explorer.entity.keeping import stamp_of
from explorer.entity.lineage import network_of
from explorer.entitypages import PAGE_OF_KIND, link_to, page_of
from explorer.session import current
from explorer.settings import read_settings
from explorer.voices import items_of
from explorer.workspace import open_current
from graph.exports.jsonld import in_jsonld
from graph.exports.rdf import in_turtle, triples_about
from graph.questions import which_demands_return, which_recommendations
from ingest.drafting import WITHHELD
from ontology.identifiers import KINDS, iri

Opens = Callable[..., AppTest]
Reads = Callable[[AppTest], str]

PAGES = ("actor", "instrument", "document", "case", "election")
HOME = "https://w3id.org/reformgraph/id"


def parts(page: AppTest) -> list[str]:
    """Return the headings of the parts of a page, without their counts."""
    return [head.value.replace("\\", "") for head in page.header]


# --- which page ----------------------------------------------------------------------------------


def test_every_page_of_a_kind_is_a_page_of_ours() -> None:
    assert set(PAGE_OF_KIND) <= KINDS
    for page in set(PAGE_OF_KIND.values()):
        assert importlib.import_module(f"explorer.views.{page}").show


@pytest.mark.parametrize(
    ("kind", "slug", "page"),
    [
        ("actor", "tresmark", "actor?id=tresmark"),
        ("version", "lakes-agreement/2011", "instrument?id=version%2Flakes-agreement%2F2011"),
        ("passage", "letter/why", "document?id=letter&passage=why"),
        ("theme", "redress", "./?theme=redress"),
        ("proposition", "closures-fair", None),
    ],
)
def test_an_entity_is_shown_on_the_page_of_its_kind(kind: str, slug: str, page: str | None) -> None:
    assert page_of(str(iri(kind, slug))) == page


def test_what_is_no_entity_of_ours_is_no_link() -> None:
    assert page_of("https://example.org/") is None
    assert link_to("javascript:alert(1)", "<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"


# --- choosing ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize("name", PAGES)
def test_without_an_id_a_page_offers_what_there_is(
    name: str, open_page: Opens, html: Reads
) -> None:
    page = open_page(name)
    assert len(page.title) == 1
    assert page.selectbox[0].value is None
    assert "Choose" in html(page)


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("wrong", ["<b>x</b>", "recommendation/open-locks"])
def test_an_unknown_id_is_told_in_a_line(name: str, wrong: str, open_page: Opens) -> None:
    page = open_page(name, {"id": wrong})
    told = f"{name.capitalize()}: there is no {wrong}. Choose one."
    assert page.warning[0].value.replace("\\", "") == told


@pytest.mark.usefixtures("river")
def test_a_choice_goes_into_the_address_and_forgets_the_part_of_another(open_page: Opens) -> None:
    page = open_page("actor", {"id": "open-locks-network", "part": "what-it-says"})
    page.selectbox[0].select("Tresmark").run()
    assert page.title[0].value == "Tresmark"
    assert page.query_params["id"] in ("tresmark", ["tresmark"])
    assert "part" not in page.query_params
    assert not page.warning


# --- actors --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("river")
def test_an_actor_tells_what_it_asks_with_the_way_to_just_those(
    open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("actor", {"id": "open-locks-network"}))
    assert 'href="recommendation?id=open-locks-2014-reasons"' in shown
    assert 'href="./?status=contested&amp;issuer=open-locks-network"' in shown
    assert 'href="./?issuer=open-locks-network"' in shown


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    ("actor", "part", "told"),
    [
        ("ombrel-council", "Is asked", "Announce closures with reasons"),
        ("open-locks-network", "Assesses", "✕ contrary measure"),
        ("open-locks-network", "What it says", "There is no appeal."),
        ("ombrel-commission", "Is spoken of", "The Secretariat calls every closure fair."),
        ("ombrel-inspectors", "Ties", ' — reports to → <a href="actor?id=ombrel-council"'),
        ("ombrel-council", "Ties", " — reports to → Council of the Ombrel River Commission"),
        ("ombrel-commission", "Offers", "appeal"),
        ("open-locks-network", "Documents", "What became of the Navigation Rules"),
    ],
)
def test_each_part_of_an_actor_tells_its_own(
    actor: str, part: str, told: str, open_page: Opens, html: Reads
) -> None:
    page = open_page("actor", {"id": actor, "part": part})
    assert parts(page)[0].startswith(f"{part} (")
    assert told in html(page)
    assert "Where it is written" in html(page) or part in ("Is asked", "Documents")


@pytest.mark.usefixtures("river")
def test_what_excludes_a_claim_stands_beside_it(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("actor", {"id": "open-locks-network", "part": "what-it-says"}))
    assert "Against it" in shown
    assert "The Secretariat finds the fee rule in article 5." in shown
    assert ">The fee rule stands in article 5. The Secretariat finds" in shown
    assert re.search(
        "<h3>According to Open Locks Network: [^<]*fee rule stands in article 9", shown
    )


@pytest.mark.usefixtures("river")
def test_an_actor_on_a_day_knows_nothing_of_later(open_page: Opens, html: Reads) -> None:
    page = open_page("actor", {"id": "ombrel-council", "part": "Is asked", "as_of": "2012-12-31"})
    assert "open-locks-2014-reasons" not in html(page)
    assert 'href="recommendation?id=open-locks-2012-panel&amp;as_of=2012-12-31"' in html(page)
    late = open_page("actor", {"id": "ombrel-inspectors", "as_of": "2015-01-01"})
    assert "Nothing else is recorded" in html(late)


@pytest.mark.usefixtures("river")
def test_on_a_day_a_text_and_what_ended_with_it_is_told_as_of_that_day(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("actor", {"id": "highland-lakes-council", "part": "Ties",
                               "as_of": "2016-01-01"})  # fmt: skip
    assert html(page).count("; past on this day") == 1
    before = html(open_page("instrument", {"id": "navigation-rules", "as_of": "2014-03-01"}))
    assert ("in force</dd>" in before, "Ended" in before) == (True, False)


# --- instruments ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("river")
def test_an_instrument_tells_its_versions_articles_and_who_asked(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("instrument", {"id": "navigation-rules"})
    titles = [title.rpartition(" ")[0] for title in parts(page)]
    assert titles[:3] == ["Versions in time", "Articles", "Asked, drafted, adopted"]
    shown = html(page)
    assert shown.index("Navigation Rules of 2009") < shown.index("Navigation Rules of 2014<")
    assert "The Secretariat may close a lock." in shown
    assert re.search("not known to have been replaced; <a [^>]*>What became of the Navigation "
                     "Rules</a> last called it in force, 2015-03-01", shown)  # fmt: skip
    assert re.search("not in force, says <a [^>]*>What became", shown)
    assert 'href="./?instrument=navigation-rules"' in shown


@pytest.mark.usefixtures("river")
def test_what_was_asked_drafted_and_adopted_stands_side_by_side(
    open_page: Opens, html: Reads
) -> None:
    for page in (
        open_page("instrument", {"id": "navigation-rules"}),
        open_page("recommendation", {"id": "open-locks-2014-reasons"}),
    ):
        told = ("Each closure should be explained", "may close a lock", "● adopted, says")
        rows = html(page).split("<tr>")
        assert any(all(words in row for words in told) for row in rows)


@pytest.mark.usefixtures("river")
def test_whose_rules_bind_which_direction_is_told(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("instrument", {"id": "lakes-agreement"}))
    assert shown.count("The other way is bound by other rules.") == 2
    assert "Memorandum of 2001" in shown


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize(
    ("ident", "first"),
    [
        ("version/navigation-amendments/2014", "Amendments of 2014"),
        ("provision/navigation-rules/2014/art_9", "Skippers pay before an inquiry."),
    ],
)
def test_a_version_and_an_article_stand_on_the_page_of_their_instrument(
    ident: str, first: str, open_page: Opens, html: Reads
) -> None:
    page = open_page("instrument", {"id": ident})
    assert page.title[0].value == "Navigation Rules"
    shown = html(page)
    assert first in shown[: shown.index("What has no date")]


# --- documents -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("river")
def test_a_document_tells_its_statements_in_the_order_of_their_passages(
    open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("document", {"id": "open-locks-2015"}))
    places = [shown.index(words) for words in (
        "Announce closures with reasons", "Article 9", "There is no appeal.",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "contrary measure: " in shown


@pytest.mark.usefixtures("river")
def test_the_passages_are_marked_in_the_copy_and_lead_to_what_is_stated(
    open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("document", {"id": "open-locks-2015", "part": "In the text"}))
    assert "<mark>The rule" in shown
    assert 'href="document?id=open-locks-2015&amp;passage=fee-place"' in shown


@pytest.mark.usefixtures("river")
def test_a_passage_in_the_address_comes_first_with_what_is_stated_on_it(
    open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("document", {"id": "open-locks-2015", "passage": "no-appeal"}))
    first = shown[: shown.index("In the order of the passages")]
    assert "<mark>They cannot" in first
    assert "There is no appeal." in first
    page = open_page("document", {"id": "open-locks-2015", "passage": "nowhere"})
    assert "There is no passage nowhere" in page.warning[0].value


@pytest.mark.usefixtures("river")
def test_without_a_copy_the_text_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, open_page: Opens, html: Reads
) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    shown = html(open_page("document", {"id": "open-locks-2015", "part": "In the text"}))
    assert "The text is not at hand" in shown
    assert "<mark>" not in shown


def test_withheld_names_stay_withheld_in_the_text(other_reform: Path, open_page: Opens) -> None:
    name, path = "Odo Brankel", other_reform / "ombrel-courier-2013.yaml"
    start = (other_reform / "ombrel-courier-2013.txt").read_text("utf-8").index(name)
    spans = f"  withheld: [[{start}, {start + len(name)}]]\n  read: whole"
    path.write_text(path.read_text("utf-8").replace("  read: whole", spans, 1), "utf-8")
    page = open_page("document", {"id": "ombrel-courier-2013", "part": "In the text"})
    shown = next(str(part.body) for part in page.html if "rg-read" in str(part.body))
    assert WITHHELD in shown
    assert name not in shown


def test_a_title_in_another_language_says_so(
    other_reform: Path, open_page: Opens, html: Reads
) -> None:
    path = other_reform / "ombrel-courier-2013.yaml"
    path.write_text(path.read_text("utf-8").replace("language: en", "language: fr", 1), "utf-8")
    shown = html(open_page("document", {"id": "ombrel-courier-2013"}))
    assert '<h1 lang="fr" dir="auto">River election draws near</h1>' in shown


# --- cases and elections -------------------------------------------------------------------------


@pytest.mark.usefixtures("river")
def test_a_case_tells_its_steps_in_time_and_no_name(open_page: Opens, html: Reads) -> None:
    cases = open_page("case").selectbox[0].options
    assert cases
    page = open_page("case")
    page.selectbox[0].select_index(0).run()
    shown = html(page)
    assert "No name of the affected person is kept here." in shown
    assert "<dt>Asked for by</dt>" in shown
    assert "Where it is written" in shown


@pytest.mark.usefixtures("river")
def test_an_election_tells_who_stood_according_to_whom(open_page: Opens, html: Reads) -> None:
    page = open_page("election")
    page.selectbox[0].select_index(0).run()
    assert parts(page)[0].startswith("Candidacies (")
    assert '<th scope="col">Put forward by</th>' in html(page)
    post = next(line for line in html(page).split('"') if line.startswith("election?id=post"))
    assert post.count("post%2F")


# --- recommendations -----------------------------------------------------------------------------


@pytest.mark.usefixtures("river")
def test_a_recommendation_tells_when_each_statement_was_recorded_and_how_to_cite_it(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("recommendation", {"id": "open-locks-2014-reasons"})
    record = html(page)[html(page).index("Recorded by</th>") :]
    assert "the recommendation</td>" in record
    assert "◐ partially adopted, says Waterways Audit Office" in record
    assert "maintainers; invented for the tests" in record
    cited = next(code.value for code in page.code if "Recommendation to" in code.value)
    assert cited.startswith("Open Locks Network (2014): Announce closures with reasons.")


@pytest.mark.usefixtures("river")
def test_the_lineage_is_drawn_across_the_years_with_shared_asks() -> None:
    session, here = current(), f"{HOME}/recommendation/open-locks-2014-gauges"
    every = {item.iri: item for item in items_of(which_recommendations(session.store))}
    net = network_of(session, here, every, which_demands_return(session.store))
    earlier = f"{HOME}/recommendation/open-locks-2012-gauge-data"
    ask = f"{HOME}/ask/daily-gauge-readings"
    assert [edge["label"] for edge in net.get_edge_data(here, earlier).values()] == ["repeats"]
    assert net.has_edge(here, ask)
    assert net.has_edge(earlier, ask)
    assert net.nodes[here]["year"] == "2014"
    assert f"{HOME}/recommendation/open-locks-2014-panel" not in net


# --- the shipped corpus --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ident", "told"),
    [
        ("actor", "interpol", "Make INTERPOL&#x27;s safeguards more transparent"),
        ("document", "mrg-2026", "maintainers, machine-assisted, not independently reviewed"),
    ],
)
def test_the_shipped_corpus_has_a_page_for_each(
    name: str, ident: str, told: str, open_page: Opens, html: Reads
) -> None:
    page = open_page(name, {"id": ident})
    assert told in html(page)
    lasting = f"{HOME}/{name}/{ident}"
    assert lasting in [code.value for code in page.code]
    assert any("Data version" in code.value or "data version" in code.value for code in page.code)


@pytest.mark.usefixtures("river")
def test_the_statements_about_an_entity_can_be_taken_along() -> None:
    store = open_current(read_settings())
    session = current()
    actor = f"{HOME}/actor/ombrel-inspectors"
    stamp = stamp_of(session, actor, None)
    found = triples_about(store, actor, stamp)
    triples = Graph().parse(data=in_turtle(found), format="turtle")
    assert (None, None, None) in triples
    said = {str(subject) for subject in triples.subjects()}
    assert {actor, f"{HOME}/relation/commission-2015-reports"} <= said
    assert f"{HOME}/relation/memorandum-party-lakes" not in said
    assert stamp.data_version in in_turtle(found).decode()
    assert json.loads(in_jsonld(found))["@graph"]
