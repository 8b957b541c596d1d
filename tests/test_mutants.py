"""Every constraint of the rules is broken once, on the shipped corpus, and the check says so.

`mutants/<file of shapes>.yaml` has one mutant for each constraint: each parameter, such as
minCount, of each shape in `ontology/shapes/`. A shape or a parameter without one fails here.

A mutant is a slip of a curator: a line of a copy of the corpus is changed, added or lost. What is
proved is the whole command, `reformgraph check COPY --json`: severity, message, file and line of
the finding. Where the reader already refuses the slip, its one line is proved
instead (file, line, what is wrong, what to do; exit code 1), and the constraint is broken on the
graph: the triples of the shipped corpus, changed by a SPARQL update and checked as an N-Triples
file. Where no slip leads there, since the build writes it or a default stands in, the table says
`never` and why.

A check takes seconds, so the mutants of one table share a copy and a file of triples. They touch
different entries, and each finding is told apart by rule, constraint and place. All Violations of
such a run must be expected; what follows from a mutant besides stands under `also`. A run's exit
code is that of all its mutants; so every finding is also judged alone by the report whose verdict
the command turns into its exit code, and one mutant of each severity goes through the command
alone, run as a process and printed as text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import yaml
from rdflib import SH
from typer.testing import CliRunner

from explorer.checking import Report
from explorer.cli import app
from ingest.pipeline import build
from ontology.rules import SHAPE_FILES, load_shapes, rules
from ontology.terms import ID, PREFIXES, SHAPES, local_name
from ontology.validation import Finding

ROOT = Path(__file__).resolve().parent.parent
CHECK = [sys.executable, "-c", "from explorer.cli import app; app()", "check"]
RULES = {local_name(rule.shape): rule for rule in rules()}
# What else a shape has; a qualified shape acts through its two counts.
NOT_CONSTRAINTS = "order|name|severity|message|path|target|qualifiedValueShape"
Files = dict[str, list[str]]


@dataclass(frozen=True, eq=False)
class Mutant:
    """One broken constraint and what must be said of it; the keys are told in core.yaml."""

    table: str
    rule: str
    constraint: str
    severity: str
    says: str
    slip: tuple[str, str, Mapping[str, str]] | None = None
    told: tuple[str, str] | None = None
    refused: str | None = None
    never: str | None = None
    graph: str | None = None
    focus: str | None = None
    also: Mapping[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.rule}-{self.constraint}"

    def place(self, copy: Files) -> tuple[str, int]:
        """Return file and line, in a copy, of the entry that must be told to be at fault."""
        assert self.slip is not None
        file, entry = self.told or self.slip[:2]
        return f"{file}.yaml", _extent(copy[file], entry)[0] + 1

    def at_fault(self) -> str:
        """Return the short address of the entry at fault on the graph: the first one changed."""
        first = re.search(r"<([a-z]+/[^>]+)>", self.graph or "")
        return self.focus or (first[1] if first else "")

    def found_in(self, findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what its constraint has to say, and no other one."""
        name = "SPARQL" if self.constraint == "sparql" else self.constraint
        component = str(SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"])
        own = (str(SHAPES[self.rule]), component)
        return [told for told in findings if (told["shape"], told["component"]) == own]


def _table(name: str) -> list[Mutant]:
    text = (ROOT / "tests" / "mutants" / f"{name}.yaml").read_text("utf-8")
    return [
        Mutant(name, rule, constraint, entry["severity"], **{"says": entry.get("says"), **given})
        for rule, entry in yaml.safe_load(text).items()
        for constraint, given in entry["broken"].items()
    ]


MUTANTS = [mutant for name in SHAPE_FILES for mutant in _table(name)]
SLIPS = [mutant for mutant in MUTANTS if mutant.slip]
REFUSED = [mutant for mutant in SLIPS if mutant.refused]
IN_CORPUS = [mutant for mutant in SLIPS if not mutant.refused]
IN_GRAPH = [mutant for mutant in MUTANTS if mutant.graph]


# --- copies of the corpus and of its triples -----------------------------------------------------


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _extent(lines: list[str], entry: str) -> tuple[int, int]:
    """Return where an entry begins, and where what follows it does."""
    same = [i for i, line in enumerate(lines) if line.strip() == entry]
    found = same or [i for i, line in enumerate(lines) if line.lstrip().startswith(entry)]
    assert len(found) == 1, f"{len(found)} entries begin with {entry!r}"
    start = found[0]
    after = range(start + 1, len(lines))
    ends = (i for i in after if lines[i].strip() and _indent(lines[i]) <= _indent(lines[start]))
    return start, next(ends, len(lines))


def _make(mutant: Mutant, copy: Files) -> None:
    """Make a slip; new lines take the indentation of the one they replace."""
    assert mutant.slip is not None
    file, entry, changes = mutant.slip
    lines = copy[file]
    for was, now in changes.items():
        start, end = _extent(lines, entry)
        places = [i for i in range(start, end) if was in lines[i]]
        assert len(places) == 1, f"{entry}: {len(places)} lines hold {was!r}"
        at, after = places[0], places[0] + 1
        indent = _indent(lines[at])
        if lines[at].endswith(">-"):  # the text below it goes too
            while _indent(lines[after]) > indent:
                after += 1
        new = now.rstrip("\n").replace("\n", "\n" + " " * indent)
        lost = not now and lines[at].strip() == was
        lines[at:after] = [] if lost else lines[at].replace(was, new).split("\n")


def _copy(seeds: Mapping[str, str], mutants: Iterable[Mutant]) -> Files:
    """Return a copy of the first files of the corpus, with slips: however the corpus grows."""
    copy = {name: text.split("\n") for name, text in seeds.items()}
    for mutant in mutants:
        with suppress(AssertionError):  # test_each_slip_can_be_made tells it
            _make(mutant, copy)
    return copy


def _written(copy: Files, folder: Path) -> Path:
    folder.mkdir()
    for name, lines in copy.items():
        (folder / f"{name}.yaml").write_text("\n".join(lines), "utf-8")
    return folder


def _triples(seeds: Mapping[str, str]) -> ox.Store:
    with TemporaryDirectory() as folder:
        whole = build(_written(_copy(seeds, []), Path(folder) / "corpus")).record()
    store = ox.Store()
    store.bulk_load(whole.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    return store


def _broken(whole: ox.Store, mutants: Iterable[Mutant], path: Path) -> Path:
    store = ox.Store()
    store.bulk_extend(whole)
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    for mutant in mutants:
        store.update(f"BASE <{ID}>\n{prefixes}{mutant.graph}")
    store.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return path


# --- the runs ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What a check printed, and its exit code."""

    exit_code: int
    out: str
    errors: str

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        assert self.out, self.errors
        return list(json.loads(self.out)["findings"])

    def violations(self, *where: str) -> set[tuple[Any, ...]]:
        """Return the rule of each Violation and where it is told to be."""
        return {
            (local_name(told["shape"]), *(told[key] for key in where))
            for told in self.findings
            if told["severity"] == "Violation"
        }


# Without the source documents: a passage that a slip moves would change the exit code.
WITHOUT = {"REFORMGRAPH_DOCUMENTS": None}


def _check(*words: str | Path) -> Answer:
    """Run the command here, where all that it imports and reads once is at hand."""
    done = CliRunner(env=WITHOUT).invoke(app, ["check", *map(str, words)])
    return Answer(done.exit_code, done.stdout, done.stderr)


def _check_apart(*words: str | Path) -> Answer:
    """Run the command as a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in WITHOUT}
    command = [*CHECK, *words]
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, encoding="utf-8")
    return Answer(done.returncode, done.stdout, done.stderr)


class Runs(NamedTuple):
    """The answers for the shipped corpus, and for the copy and the triples of each table."""

    shipped: Answer
    corpus: dict[str, Answer]
    graph: dict[str, Answer]
    copies: dict[str, Files]

    def new(self, mutant: Mutant, answer: Answer) -> list[dict[str, Any]]:
        """Return what a run says of a mutant and does not say of the shipped corpus."""
        known = {(told["focus"], told["message"]) for told in self.shipped.findings}
        found = mutant.found_in(answer.findings)
        return [told for told in found if (told["focus"], told["message"]) not in known]


@pytest.fixture(scope="module")
def runs(seeds: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("mutants")
    whole, copies, paths = _triples(seeds), {}, []
    for name in SHAPE_FILES:
        copies[name] = _copy(seeds, (m for m in IN_CORPUS if m.table == name))
        breaks = [m for m in IN_GRAPH if m.table == name]
        paths.append(_written(copies[name], folder / name))
        paths.append(_broken(whole, breaks, folder / f"{name}.nt"))
    answers = [_check("--json", path) for path in paths]
    corpus, graph = (dict(zip(SHAPE_FILES, answers[i::2], strict=True)) for i in (0, 1))
    return Runs(_check("--json"), corpus, graph, copies)


class Refusals(NamedTuple):
    """What the reader said of the slips it refuses, and what it must say, mutant by mutant."""

    said: set[str]
    expected: dict[str, re.Pattern[str]]


@pytest.fixture(scope="module")
def refusals(seeds: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    """Make all slips that are refused in one copy, and again those nothing was said of.

    For mistakes of form are told first, and what entries say of each other once there are none.
    """
    folder = tmp_path_factory.mktemp("refused")
    refusals, left = Refusals(set(), {}), REFUSED
    for name in ("form", "references"):
        copy = _copy(seeds, left)
        answer = _check(_written(copy, folder / name))
        assert (answer.exit_code, answer.out) == (1, ""), answer.errors
        # Which entry of a list is meant the line tells better than its number.
        refusals.said.update(re.sub(r"(?<=\.)\d+(?=[.`])", "*", answer.errors).splitlines())
        places = {line.partition(": ")[0] for line in refusals.said}
        lines = {mutant: _refusal(mutant, copy) for mutant in left}
        for mutant, line in lines.items():
            refusals.expected[str(mutant)] = re.compile(re.escape(line).replace("…", ".+"))
        left = [m for m, line in lines.items() if line.partition(": ")[0] not in places]
    return refusals


def _refusal(mutant: Mutant, copy: Files) -> str:
    """Return what must be said: at the changed line, or at the entry when it lacks one."""
    assert mutant.slip is not None
    file, line = mutant.place(copy)
    wrong = next(iter(mutant.slip[2].values())).split("\n")[-1]
    if wrong and not mutant.told:
        lines = copy[file.removesuffix(".yaml")]
        line = next(i for i in range(line, len(lines) + 1) if wrong in lines[i - 1])
    return f"{file} line {line}: {mutant.refused}"


# --- the tests -----------------------------------------------------------------------------------


def test_every_constraint_of_every_shape_is_broken() -> None:
    there = {
        (rule.file, name, said.removeprefix(str(SH)))
        for name, rule in RULES.items()
        for said in load_shapes().predicates(rule.shape)
        if re.match(f"{SH}(?!{NOT_CONSTRAINTS})", said)
    }
    # What comes in as YAML or RDF is refused for such a sign before a rule sees it; the rule is for
    # what was saved before that, and has its example in tests/ontology/shapes.
    there.remove(("core.ttl", "LabelIsCleanText", "not"))
    assert {(f"{m.table}.ttl", m.rule, m.constraint) for m in MUTANTS} == there


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_a_slip_or_says_why_there_is_none(mutant: Mutant) -> None:
    assert (mutant.slip is None) == (mutant.never is not None)
    assert (mutant.graph is None) == (mutant in IN_CORPUS)


@pytest.mark.parametrize("mutant", SLIPS, ids=str)
def test_each_slip_can_be_made(mutant: Mutant, seeds: dict[str, str]) -> None:
    _make(mutant, copy := _copy(seeds, []))
    assert copy != _copy(seeds, [])


@pytest.mark.parametrize("mutant", IN_CORPUS, ids=str)
def test_a_slip_is_told_with_severity_message_file_and_line(mutant: Mutant, runs: Runs) -> None:
    place = mutant.place(runs.copies[mutant.table])
    assert (mutant.severity, mutant.says, *place) in [
        (told["severity"], told["message"], told["file"], told["line"])
        for told in runs.new(mutant, runs.corpus[mutant.table])
    ]


@pytest.mark.parametrize("mutant", REFUSED, ids=str)
def test_a_slip_the_reader_refuses_is_told_in_one_line(mutant: Mutant, refusals: Refusals) -> None:
    expected = refusals.expected[str(mutant)]
    assert any(expected.fullmatch(line) for line in refusals.said), expected.pattern


def test_the_reader_refuses_nothing_but_those_slips(refusals: Refusals) -> None:
    known = refusals.expected.values()
    assert [line for line in refusals.said if not any(e.fullmatch(line) for e in known)] == []


@pytest.mark.parametrize("mutant", IN_GRAPH, ids=str)
def test_a_broken_graph_is_told_with_severity_message_and_entry(mutant: Mutant, runs: Runs) -> None:
    assert (mutant.severity, mutant.says, mutant.at_fault()) in [
        (told["severity"], told["message"], _short(told["focus"]))
        for told in runs.new(mutant, runs.graph[mutant.table])
    ]


def _short(focus: str) -> str:
    return focus.removeprefix(ID) if focus.startswith(ID) else "_:"


@pytest.mark.parametrize("name", SHAPE_FILES)
def test_a_copy_of_the_corpus_shows_no_violation_but_those_made(name: str, runs: Runs) -> None:
    made = [m for m in IN_CORPUS if m.table == name and m.severity == "Violation"]
    expected = {(mutant.rule, *mutant.place(runs.copies[name])) for mutant in made}
    assert runs.corpus[name].violations("file", "line") == expected


@pytest.mark.parametrize("name", SHAPE_FILES)
def test_the_graph_shows_no_violation_but_those_made(name: str, runs: Runs) -> None:
    made = [m for m in IN_GRAPH if m.table == name and m.severity == "Violation"]
    expected = {(mutant.rule, mutant.at_fault()) for mutant in made}
    expected |= {also for mutant in made for also in (mutant.also or {}).items()}
    found = runs.graph[name].violations("focus")
    assert {(rule, _short(focus)) for rule, focus in found} == expected


def test_the_shipped_corpus_breaks_no_rule_but_those_it_should(runs: Runs) -> None:
    assert runs.shipped.exit_code == 0
    assert {local_name(told["shape"]) for told in runs.shipped.findings} == {
        "RecommendationWithoutStatus",
        "RulesDifferByDirection",
        "SignaturesAgreeWithTheCount",
        "StatusHasAnIndependentVoice",
    }


def test_only_violations_make_the_command_fail(runs: Runs) -> None:
    for answer in (*runs.corpus.values(), *runs.graph.values()):
        assert answer.exit_code == (1 if answer.violations() else 0)
        assert answer.errors == ""
    # All mutants of this table are Warnings and Infos, so none of them makes it fail.
    assert runs.corpus["recommended"].exit_code == runs.graph["recommended"].exit_code == 0


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_alone_fails_the_check_when_it_is_a_violation(mutant: Mutant, runs: Runs) -> None:
    answer = (runs.graph if mutant.graph else runs.corpus)[mutant.table]
    names = [field.name for field in fields(Finding)]
    found = [Finding(**{name: told[name] for name in names}) for told in runs.new(mutant, answer)]
    assert found
    assert Report(found, {}, None).passed == (mutant.severity != "Violation")


@pytest.mark.parametrize(
    ("rule", "exit_code"),
    [("DraftIsNotInForce", 1), ("RefusalNamesItsProcess", 0), ("RulesDifferByDirection", 0)],
)
def test_one_mutant_of_each_severity_through_the_command(
    rule: str, exit_code: int, seeds: dict[str, str], tmp_path: Path
) -> None:
    (mutant,) = (mutant for mutant in IN_CORPUS if mutant.rule == rule)
    copy = _copy(seeds, [mutant])
    answer = _check_apart(_written(copy, tmp_path / "copy"))
    assert (answer.exit_code, answer.errors) == (exit_code, "")
    (line,) = (line for line in answer.out.splitlines() if mutant.says in line)
    assert line.startswith("{:<9}  {} line {}: ".format(mutant.severity, *mutant.place(copy)))
    assert f"\n{exit_code} Violation" in answer.out
