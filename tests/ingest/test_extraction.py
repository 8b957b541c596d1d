"""Extraction: our own marked texts, the rules one by one, statuses, links and comparison."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ingest.extraction import Candidate, TooMuchError, extract_files, find_asks, find_statuses
from ingest.linking import KnownAsks, Label, Linker
from ingest.readers import Reading, read_bytes

TEXTS = Path(__file__).parent / "asks"
MARKED = re.compile(r"⟦(?P<ask>.*?)⟧(?:⟨(?P<who>.*?)⟩)?", re.DOTALL)


@dataclass
class Marked:
    """A text without its marks, and the asks that were marked in it."""

    name: str
    text: str = ""
    asks: list[tuple[int, int, list[str], list[str]]] = field(default_factory=list)


def marked_texts() -> list[Marked]:
    found = []
    for file in sorted(TEXTS.glob("*.txt")):
        for part in re.split(r"(?m)^=== ", file.read_text(encoding="utf-8"))[1:]:
            name, raw = part.split("\n", 1)
            found.append(unmark(f"{file.stem}/{name}", raw))
    return found


def unmark(name: str, raw: str) -> Marked:
    marked, position = Marked(name), 0
    for mark in MARKED.finditer(raw):
        marked.text += raw[position : mark.start()]
        start = len(marked.text)
        marked.text += mark["ask"]
        asked, _, asking = (mark["who"] or "").partition("←")
        fields = [[n.strip() for n in side.split(";") if n.strip()] for side in (asked, asking)]
        marked.asks.append((start, len(marked.text), fields[0], fields[1]))
        position = mark.end()
    marked.text += raw[position:]
    return marked


def read(text: str) -> Reading:
    return read_bytes(text.encode(), "text.txt")


def asks(text: str) -> list[Candidate]:
    return find_asks(read(text))


def covers(candidate: Candidate, start: int, end: int) -> bool:
    """Whether a candidate is by half the marked ask, or has it with the words that ask."""
    shared = min(candidate.end, end) - max(candidate.start, start)
    if shared >= 0.5 * (max(candidate.end, end) - min(candidate.start, start)):
        return True
    return candidate.start <= start <= candidate.start + 90 and end <= candidate.end


@pytest.mark.parametrize("marked", marked_texts(), ids=lambda m: m.name)
def test_the_asks_marked_in_our_texts_are_found_and_nothing_else(marked: Marked) -> None:
    found = asks(marked.text)
    missed = [
        marked.text[a:b] for a, b, _, _ in marked.asks if not any(covers(c, a, b) for c in found)
    ]
    assert not missed
    # One vague welcome of "continued cooperation" is known to be taken for an ask.
    assert len(found) == len(marked.asks) + (marked.name == "third/unga-2")


def test_who_is_asked_and_who_asks_are_named_in_nine_of_ten_marked_asks() -> None:
    right = total = 0
    for marked in marked_texts():
        found = asks(marked.text)
        for start, end, addressees, proposers in marked.asks:
            candidate = next((c for c in found if covers(c, start, end)), None)
            for wanted, names in [
                (addressees, candidate.addressees if candidate else []),
                (proposers, candidate.proposers if candidate else []),
            ]:
                if wanted:
                    total += 1
                    right += {n.casefold() for n in names} == {w.casefold() for w in wanted}
    assert right / total >= 0.9


def test_offsets_are_those_of_the_file() -> None:
    text = "\n\n  Intro.\n\nWe call on the ministry to open the archive.\n"
    (ask,) = asks(text)
    assert text[ask.start : ask.end] == "call on the ministry to open the archive"


def test_two_tasks_in_one_sentence_are_two_asks() -> None:
    found = asks("The union urged the mayor to open the pool and to lower the fees this year.\n")
    assert [c.addressees for c in found] == [["mayor"], ["mayor"]]


def test_a_power_or_an_intention_to_ask_is_no_ask() -> None:
    for sentence in [
        "The council may request the ministry to send its accounts.",
        "The agency refused to call on the ministry to resign.",
        "A member can ask the board to convene.",
        "Nobody should have to wait for a year.",
    ]:
        assert asks(sentence) == []


def test_what_a_law_lays_down_is_a_mandate_and_comes_only_when_asked_for() -> None:
    law = "The agency must inform the prisoner under section 12 of the Transfers Act.\n"
    assert find_asks(read(law)) == []
    (mandate,) = find_asks(read(law), mandates=True)
    assert mandate.kind == "mandate"


def test_a_list_s_items_take_addressee_and_response_from_what_stands_over_it() -> None:
    text = (
        "70. The following recommendations enjoy the support of Syldavia:\n"
        "70.1. Publish the register (Borduria, Freedonia);\n"
        "70.2. Train the guards (Sylvania).\n"
    )
    first, second = asks(text)
    assert (first.addressees, first.response) == (["Syldavia"], "accepted")
    assert (first.proposers, second.proposers) == (["Borduria", "Freedonia"], ["Sylvania"])
    assert first.text == "Publish the register"


def test_a_table_s_column_of_recommendations_holds_asks_with_their_authors() -> None:
    rows = "".join(
        f"<tr><td>{i}. {text} (Norland) (Chile);</td><td>Supported</td><td>Piers</td></tr>"
        for i, text in enumerate(["Ratify the Ferry Treaty", "Further strengthen the piers"], 1)
    )
    head = "<tr><th>Recommendation</th><th>Position</th><th>Themes</th></tr>"
    page = f"<!DOCTYPE html><body><table>{head}{rows}</table><p>Strengthen the resolve.</p>"
    found = find_asks(read_bytes(page.encode(), "table.html"))
    assert [c.text for c in found] == ["Ratify the Ferry Treaty", "Further strengthen the piers"]
    assert [c.proposers for c in found] == [["Norland", "Chile"]] * 2


def test_the_caller_s_authors_are_whom_we_means() -> None:
    (ask,) = find_asks(read("We urge the senate to vote on the bill."), authors=["Open Rails"])
    assert ask.proposers == ["Open Rails"]


def test_furniture_holds_no_asks() -> None:
    assert (
        asks("Most popular\nWhy governments must act on plastic\nSubscribe to our letter\n") == []
    )


def test_a_language_without_rules_yields_nothing() -> None:
    assert asks("Nous demandons au ministre de publier le rapport sur la prison de la ville.") == []


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The ministry's recommendations on visits were adopted in June.", "adopted"),
        ("The reform implemented our recommendation on minutes in article 9(2).", "adopted"),
        ("The group's recommendations were only partly implemented.", "partiallyAdopted"),
        ("Other recommendations, including one on fees, were not adopted.", "notAdopted"),
        ("The government rejected the proposal of the commission.", "rejected"),
        ("The amendments did not address the long delays.", "notAddressed"),
        ("The council ignored the demands of the strikers.", "notAddressed"),
        ("The recommendation is under consideration.", "underConsideration"),
    ],
)
def test_a_statement_of_status_is_told(sentence: str, status: str) -> None:
    (found,) = find_statuses(read(sentence))
    assert (found.kind, found.response) == ("status", status)


def test_a_status_names_its_assessor_and_the_provision() -> None:
    text = "According to Open Rails, the recommendation on cameras was adopted in article 7(3).\n"
    (found,) = find_statuses(read(text))
    assert (found.proposers, found.provision) == (["Open Rails"], "article 7(3)")


def test_what_should_be_adopted_is_no_status() -> None:
    assert find_statuses(read("The recommendations should be adopted by the council.")) == []
    assert find_statuses(read("It is not known whether rain was expected in the valley.")) == []


def test_links_are_candidates_with_scores_never_one_guess() -> None:
    labels = [
        Label("urn:a", "Commission for the Control of Files"),
        Label("urn:b", "Commission on Fisheries"),
        Label("urn:s", "Statute of the League", "instrument"),
    ]
    linker = Linker(labels)
    links = linker.links(["the Commission for the Control of Files"], "the Statute of the League")
    assert (links[0].iri, links[0].score) == ("urn:a", 1.0)
    assert links[-1].iri == "urn:s"
    assert linker.links(["Bakers' Guild"], "") == []


def test_a_new_ask_is_compared_with_the_known_ones() -> None:
    known = KnownAsks(
        [
            ("urn:1", "Set up an independent appeals body"),
            ("urn:2", "Publish yearly figures on refused requests"),
        ]
    )
    assert known.compare("Set up an independent appeals body")[0].relation == "repeats"
    narrower = "Set up an independent appeals body with a budget of its own and elected judges"
    assert (known.compare(narrower)[0].iri, known.compare(narrower)[0].relation) == (
        "urn:1",
        "narrows",
    )
    assert known.compare("Plant trees along the river") == []


def test_files_are_read_and_a_failure_is_told(tmp_path: Path) -> None:
    good, bad, all_verbs = (tmp_path / name for name in ("good.txt", "bad.txt", "verbs.txt"))
    good.write_text("The committee calls on the ministry to publish its minutes.\n")
    bad.write_bytes(b"\0\1\2\3" * 99)
    all_verbs.write_text("the board must and should\n" * 10_001)
    extraction = extract_files([bad, all_verbs, good])
    assert [c["doc"] for c in extraction.as_json()] == ["good.txt"]
    assert [f.path for f in extraction.failures] == [bad, all_verbs]
    assert extraction.failures[1].message.startswith("verbs.txt: has more than 10,000 candidates")


@pytest.mark.parametrize(
    ("find", "line"),
    [
        (find_asks, "The board should publish its fees.\n\n"),
        (find_asks, "The council urges the board to publish its fees. "),
        (find_asks, "The council recommends:\n\n" + "1. Open the locks at night.\n\n" * 4),
        (find_statuses, "The recommendation was adopted by the board. "),
        (find_statuses, "The recommendation was adopted by the board.\n\n"),
    ],
)
def test_a_document_with_more_candidates_than_an_import_has_rows_is_refused(
    find: Callable[[Reading], Sequence[Candidate]], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = replace(read(line * 4), language="en")
    as_many = len(find(reading))
    monkeypatch.setattr("ingest.extraction.MOST", as_many)
    assert len(find(reading)) == as_many > 3
    monkeypatch.setattr("ingest.extraction.MOST", as_many - 1)
    with pytest.raises(TooMuchError, match="Split it"):
        find(reading)


LED_IN = "The council recommends to the state:\n\n1. open (Norway)\n\n2. open the locks "


@pytest.mark.parametrize(
    ("opening", "piece"),
    [
        ("", "we call on the state and "),
        ("", "the council should act and "),
        ("", "the council called on members to open the locks while waiting for more room "),
        ("", "the council should open the locks. "),
        ("", "Alpha Beta and "),
        ("The council calls on the state to open the locks", ","),
        ("The council is open", "."),
        ("The council is open. Mr. A. B.", " Dr."),
        ("", "("),
        ("", "“"),
        ("", "1.1.1.1.1 (a) "),
        ("", "a council\n"),
        (LED_IN, "(Norway); open the banks "),
        (LED_IN, "."),
        ("The council recommends:\n\n1. open ", "we call on the council to go and "),
        ("The council recommends that the state ", "that "),
    ],
)
@pytest.mark.parametrize("find", [find_asks, find_statuses])
def test_a_text_four_times_as_long_costs_four_times_as_much(
    find: Callable[[Reading], object], opening: str, piece: str
) -> None:
    def cost(length: int) -> float:
        text = f"{opening}{piece * (length // len(piece))}.x the state:\n\n1. open it\n"
        reading = replace(read(text), language="en")
        begun = time.process_time()
        find(reading)
        return time.process_time() - begun

    # The least of several, in turn, of what this process used: other work on the machine is not
    # counted. A square would give sixteen.
    costs = [(cost(8_000), cost(32_000)) for _ in range(3)]
    assert min(long for _, long in costs) < 8 * min(short for short, _ in costs) + 0.02


def test_a_bracket_that_holds_a_long_blank_costs_little() -> None:
    def cost(length: int) -> float:
        # Brackets are read in items, and the overlong are no items: this one is no longer.
        text = f"The council recommends:\n\n1. open (Norway)\n\n2. open ({'.' * length} x\n"
        start = text.index("....")
        reading = replace(read(text), language="en", gaps=((start, start + length),))
        begun = time.process_time()
        find_asks(reading)
        return time.process_time() - begun

    assert min(cost(1_600) for _ in range(3)) < 8 * min(cost(400) for _ in range(3)) + 0.02


def test_the_one_who_is_asked_is_not_taken_for_the_one_who_asks() -> None:
    letter = "The Reef Club writes to the Port Office.\n\nWe call on the Port Office to wait.\n"
    (ask,) = find_asks(read_bytes(letter.encode(), "letter.txt"))
    assert ask.addressees == ["Port Office"]
    assert "Port Office" not in ask.proposers


def test_a_month_is_no_maybe() -> None:
    told = "In May the Port Office rejected our proposal to mark the reef."
    (status,) = find_statuses(read_bytes(told.encode(), "news.txt"))
    assert status.response == "rejected"
    maybe = "It may have rejected our proposal to mark the reef."
    assert find_statuses(read_bytes(maybe.encode(), "news.txt")) == []


def test_space_and_capitals_without_end_are_searched_soon() -> None:
    tabs = ("The Council " + "\t" * 19_800 + ".\n\n") * 4
    capitals = "Abc Def Ghi Jkl Mno Pqr\n" * 8_000
    reading = read_bytes((tabs + capitals).encode(), "a.txt")
    begun = time.process_time()
    find_asks(reading)
    assert time.process_time() - begun < 2  # it took five
