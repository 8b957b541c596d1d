"""Free queries: answers and their limits, what a bomb costs, what the process can reach."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import graph
from graph.freequeries import pool
from graph.freequeries.gate import Admitted
from graph.freequeries.limits import Limits, QueryRefused, Reason
from graph.freequeries.pool import FreeQueries
from graph.freequeries.results import as_csv, as_json
from ontology.errors import StoreError
from ontology.terms import ID, RG

XSD = "http://www.w3.org/2001/XMLSchema#"
ROOMS = str(Path(graph.__file__).parent.parent)
# The gate lets the bombs of these tests pass: what they must not harm is behind it.
OPEN = {"depth": 1_000_000, "length": 1_000_000}
SHORT = Limits(seconds=0.6, **OPEN)
BURNS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """4,000 statements in two documents; eight of them are in both."""
    path = tmp_path_factory.mktemp("free") / "snapshot.nq"
    lines = [
        f'<{ID}x/{i}> <{RG}p{i % 7}> "{i}" <{ID}document/{document}> .\n'
        for document, numbers in (("one", range(2_000)), ("two", range(1_992, 4_000)))
        for i in numbers
    ]
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def queries(snapshot: Path) -> Iterator[FreeQueries]:
    with FreeQueries(snapshot) as opened:
        yield opened


@pytest.fixture(scope="module")
def short(snapshot: Path) -> Iterator[FreeQueries]:
    """With little time and memory, and no gate to speak of."""
    with FreeQueries(snapshot, limits=SHORT, workers=1) as opened:
        opened.answer("ASK {}")
        yield opened


def refusal(queries: FreeQueries, query: str, **given: str) -> QueryRefused:
    with pytest.raises(QueryRefused) as caught:
        queries.answer(query, **given)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


# --- answers -------------------------------------------------------------------------------------


def test_rows_come_as_terms_and_prefixes_need_no_declaration(queries: FreeQueries) -> None:
    answer = queries.answer("SELECT ?v ?none { <x/8> rg:p1 ?v OPTIONAL { ?v rg:p1 ?none } }")
    assert answer.columns == ("v", "none")
    assert answer.rows == [[{"type": "literal", "value": "8"}, None]]
    assert answer.cells() == [["8", ""]]
    assert answer.cut is None


def test_ask_is_answered(queries: FreeQueries) -> None:
    assert queries.answer("ASK { <x/8> ?p ?o }").truth is True
    assert queries.answer("ASK { <x/8> ?p 'no' }").truth is False


def test_a_graph_comes_as_turtle_that_says_each_triple_once(queries: FreeQueries) -> None:
    answer = queries.answer("CONSTRUCT { <x/8> rg:p1 ?g } { GRAPH ?g { ?s ?p ?o } }")
    assert answer.turtle is not None
    read = {str(triple.object) for triple in ox.parse(answer.turtle, format=ox.RdfFormat.TURTLE)}
    assert read == {f"<{ID}document/one>", f"<{ID}document/two>"}
    assert answer.count == 2
    described = queries.answer("DESCRIBE <x/8>").turtle
    assert described is not None
    assert '<x/8> rg:p1 "8" .' in described
    assert f"@prefix rg: <{RG}> ." in described


def test_a_statement_of_two_documents_counts_once(queries: FreeQueries) -> None:
    whole = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert queries.answer(whole).cells() == [["4000"]]
    each = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert queries.answer(each).cells() == [["4008"]]


def test_from_takes_graphs_of_the_data_and_no_other(queries: FreeQueries) -> None:
    counted = "SELECT (COUNT(*) AS ?n) FROM <document/one> { ?s ?p ?o }"
    assert queries.answer(counted).cells() == [["2000"]]
    named = "SELECT (COUNT(*) AS ?n) FROM NAMED <document/two> { GRAPH ?g { ?s ?p ?o } }"
    assert queries.answer(named).cells() == [["2008"]]
    refused = refusal(queries, "ASK FROM <http://127.0.0.1/x> {}")
    assert refused.reason is Reason.forbidden
    assert "there is no graph <http://127.0.0.1/x> here" in refused.what
    assert (refused.line, refused.column) == (1, 10)
    assert "no graph <file:///x>" in refusal(queries, "ASK FROM NAMED <file:///x> {}").what


def test_an_answer_says_that_it_is_cut(queries: FreeQueries, snapshot: Path) -> None:
    answer = queries.answer("SELECT * { ?s ?p ?o }")
    assert len(answer.rows) == answer.count == 1_000
    assert answer.cut == "The answer is cut: only the first 1,000 are shown."
    assert len(queries.answer("SELECT * { ?s ?p ?o }", rows=5_000).rows) == 4_000
    exact = queries.answer("SELECT * { ?s ?p ?o } LIMIT 7", rows=7)
    assert (len(exact.rows), exact.cut) == (7, None)
    assert queries.answer("CONSTRUCT WHERE { ?s ?p ?o }", rows=3).count == 3
    # A cross product is never made whole.
    assert len(queries.answer("SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }").rows) == 1_000
    with FreeQueries(snapshot, limits=Limits(size=20_000)) as small:
        answer = small.answer("SELECT * { ?s ?p ?o }")
        assert 0 < len(json.dumps(answer.rows)) < 25_000
        assert answer.cut == "The answer is cut: only the first 0.02 MB are shown."


def test_a_mistake_that_only_the_parser_finds_has_its_place(queries: FreeQueries) -> None:
    refused = refusal(queries, "SELECT *\nWHERE { ?s ?p ; }")
    assert refused.line == 2
    assert "is not SPARQL, at “}” or just before it" in refused.what
    assert "function <http://a/f> is not supported" in str(
        refusal(queries, "SELECT (<http://a/f>(1) AS ?x) {}")
    )


def test_the_forms_for_programs_are_those_of_sparql(queries: FreeQueries) -> None:
    answer = queries.answer(
        'SELECT * { VALUES (?a ?b) { ("=1+1" UNDEF) (-5 "tall, \\"wide\\""@en) (rg:x true) } }'
    )
    assert json.loads(as_json(answer))["results"]["bindings"][1:] == [
        {
            "a": {"type": "literal", "value": "-5", "datatype": f"{XSD}integer"},
            "b": {"type": "literal", "value": 'tall, "wide"', "xml:lang": "en"},
        },
        {
            "a": {"type": "uri", "value": f"{RG}x"},
            "b": {"type": "literal", "value": "true", "datatype": f"{XSD}boolean"},
        },
    ]
    # Only what a spreadsheet would compute is guarded; a number is no formula.
    assert as_csv(answer).split("\r\n") == [
        "a,b", "'=1+1,", '-5,"tall, ""wide"""', f"{RG}x,true", "",
    ]  # fmt: skip
    truth = queries.answer("ASK {}")
    assert json.loads(as_json(truth)) == {"head": {}, "boolean": True}
    assert as_csv(truth).split() == ["boolean", "true"]


# --- bombs ---------------------------------------------------------------------------------------

COSTLY = {
    "a cross product counted": BURNS,
    "a cross product ordered": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    "nine lists of values": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(30)))} }}" for i in range(9))
    + "}",
    "a path of negations": "SELECT (COUNT(*) AS ?n) { ?a (!rg:x|!^rg:x)+ ?b . ?c (!rg:x)* ?d }",
    "a list in lists": "ASK {" + "?s ?p " + "(" * 400 + "1" + ")" * 400 + "}",
    "a path of 800": "ASK { ?s " + "/".join(["rg:p1"] * 800) + " ?o }",
    "a pattern of 200": "SELECT * {"
    + " . ".join(f"?v{i} ?p{i} ?w{i % 9}" for i in range(200))
    + "}",
    "200 times OPTIONAL": "SELECT * { ?a ?b ?c " + "OPTIONAL { ?a ?b ?c } " * 200 + "}",
    "a text that doubles": "SELECT (STRLEN(?x40) AS ?n) { BIND('0123456789abcdef' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    + "}",
}
CRASHING = {
    "braces": "ASK {" + "{" * 3_200 + "}" * 3_200 + "}",
    "parentheses": "ASK { FILTER(" + "(" * 6_400 + "1" + ")" * 6_400 + ") }",
    "negations": "ASK { FILTER(" + "!" * 12_800 + "true) }",
    "unions": "ASK { {}" + "UNION{}" * 12_800 + "}",
}


@pytest.mark.parametrize("bomb", [*COSTLY, *CRASHING])
def test_a_bomb_costs_its_time_and_the_next_query_is_answered(
    bomb: str, short: FreeQueries
) -> None:
    begin = time.monotonic()
    refused = refusal(short, (COSTLY | CRASHING)[bomb])
    assert refused.reason in (Reason.time, Reason.crash)
    assert time.monotonic() - begin < SHORT.seconds + 2
    begin = time.monotonic()
    assert short.answer("ASK { ?s ?p ?o }").truth is True
    assert time.monotonic() - begin < 3


@pytest.mark.parametrize("bomb", CRASHING)
def test_what_crashes_the_engine_does_not_come_to_it(bomb: str, queries: FreeQueries) -> None:
    refused = refusal(queries, CRASHING[bomb])
    assert refused.reason is Reason.form
    assert "deep" in refused.what or "characters" in refused.what


def test_a_sort_that_the_engine_cannot_do_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mixed.nq"
    kinds = ("string", "integer", "date", "boolean", "decimal")
    values = [f'"{i * 7919 % 997}"^^<{XSD}{kinds[i % 5]}>' for i in range(3_000)]
    path.write_text("".join(f"<{ID}x> <{RG}p> {value} <{ID}d> .\n" for value in values), "utf-8")
    with FreeQueries(path) as queries:
        refused = refusal(queries, "SELECT * { ?s ?p ?o } ORDER BY ?o")
        assert refused.reason is Reason.crash
        assert refused.todo == "Say ORDER BY STR(?x), or leave ORDER BY out"
        assert queries.answer("SELECT * { ?s ?p ?o } ORDER BY STR(?o)").count == 1_000


def test_memory_is_bounded(snapshot: Path) -> None:
    limits = Limits(seconds=20, memory=150 * 1024 * 1024)
    with FreeQueries(snapshot, limits=limits, workers=1) as queries:
        refused = refusal(queries, COSTLY["a cross product ordered"])
        assert refused.reason is Reason.crash
        assert "needs more memory than a query may have" in refused.what
        assert queries.answer("ASK {}").truth is True


# --- several at once -----------------------------------------------------------------------------


def begun(call: Callable[[], object]) -> threading.Thread:
    """Call it in a thread, which has surely begun to ask."""

    def ask() -> None:
        with pytest.raises((QueryRefused, StoreError)):
            call()

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    return thread


def test_others_are_answered_while_a_query_burns(snapshot: Path) -> None:
    with FreeQueries(snapshot, limits=Limits(seconds=1.5)) as queries:
        queries.answer("ASK {}")
        burning = begun(lambda: queries.answer(BURNS, who="first"))
        begin = time.monotonic()
        assert queries.answer("ASK {}", who="second").truth is True
        assert time.monotonic() - begin < 1.2
        assert burning.is_alive()
        burning.join()


def test_who_asks_much_does_not_keep_the_others_waiting(snapshot: Path) -> None:
    with FreeQueries(snapshot, limits=Limits(seconds=1.5)) as queries:
        queries.answer("ASK {}")
        burning = [begun(lambda: queries.answer(BURNS, who="first")) for _ in range(3)]
        begin = time.monotonic()
        assert queries.answer("ASK {}", who="second").truth is True
        assert time.monotonic() - begin < 1.2
        queries.close()
        for thread in burning:
            thread.join(timeout=10)


def test_who_waits_in_vain_is_told_to_ask_again(snapshot: Path) -> None:
    with FreeQueries(snapshot, limits=Limits(seconds=1.2, wait=0.3), workers=1) as queries:
        queries.answer("ASK {}")
        burning = begun(lambda: queries.answer(BURNS))
        begin = time.monotonic()
        refused = refusal(queries, "ASK {}")
        assert refused.reason is Reason.busy
        assert time.monotonic() - begin < 0.9
        burning.join()
        assert queries.answer("ASK {}").truth is True


def test_a_full_queue_refuses_at_once(snapshot: Path) -> None:
    with FreeQueries(snapshot, limits=Limits(seconds=1, waiting=0)) as queries:
        assert refusal(queries, "ASK {}").reason is Reason.busy


# --- what the process can reach ------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and who called there."""
    calls: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, caller = server.accept()
            except OSError:
                return
            calls.append(str(caller))
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
    server.close()


REACHING = [
    "SELECT * { SERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { SERVICE SILENT <ADDRESS> { ?a ?b ?c } }",
    "PREFIX a: <ADDRESS> SELECT * { SERVICEa:x { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <ADDRESS> { ?a ?b ?c } } } }",
    "SELECT * { <x/8> ?p ?o . BIND(IRI(CONCAT('ADDRESS', ?o)) AS ?x) SERVICE ?x { ?a ?b ?c } }",
    "SELECT * { VALUES ?x { <ADDRESS> } ?s ?p ?o . SERVICE ?x { ?s ?p ?o } }",
    "PREFIX a: <ADDRESS> SELECT * { ?s ?p ?o FILTER(1<2)SERVICE#>\na:x { ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * FROM <ADDRESS> FROM NAMED <ADDRESS> { ?s ?p ?o }",
    "LOAD <ADDRESS>",
]


def test_no_query_reaches_a_listener_even_past_the_gate(
    queries: FreeQueries, listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, calls = listener
    # The trial of the trial: outside of the process the engine does call.
    with pytest.raises(OSError):  # noqa: PT011 - the listener only hangs up
        list(ox.Store().query(REACHING[0].replace("ADDRESS", address)))
    assert len(calls) >= 1
    calls.clear()
    monkeypatch.setattr(pool, "admit", lambda query, _: Admitted(query))
    for query in REACHING:
        try:
            queries.answer(query.replace("ADDRESS", address))
        except QueryRefused:
            continue
    time.sleep(0.2)
    assert calls == []
    assert queries.answer("ASK { ?s ?p ?o }").truth is True


def test_the_gate_refuses_each_of_them_by_name(queries: FreeQueries) -> None:
    for query in REACHING:
        refused = refusal(queries, query.replace("ADDRESS", "http://127.0.0.1:9/"))
        assert refused.line is not None


def test_what_a_system_does_not_shut_is_found_by_trial(queries: FreeQueries) -> None:
    assert "network" not in queries.unconfined() or sys.platform == "win32"
    if sys.platform == "linux":
        assert queries.unconfined() == ()


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "open(__import__('os').devnull)",
        "subprocess.run([sys.executable, '-c', ''])",
        "os.fork()",
        "os.execv(sys.executable, [sys.executable])",
        "bytearray(300_000_000)",
    ],
)
def test_a_confined_process_can_open_and_start_nothing(attempt: str) -> None:
    script = (
        "import os, socket, subprocess, sys\n"
        "from graph.freequeries.confinement import confine\n"
        "confine(200_000_000)\n"
        f"try: {attempt}\n"
        "except (OSError, MemoryError) as error: print(type(error).__name__)\n"
        "else: print('done')\n"
    )
    assert script_says(script) in ("OSError\n", "PermissionError\n", "MemoryError\n")


def script_says(script: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env={**os.environ, "PYTHONPATH": ROOMS}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- the life of the process ---------------------------------------------------------------------


def test_the_process_does_not_run_the_program_again(tmp_path: Path, snapshot: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "print('begun', flush=True)\n"
        "from graph.freequeries.pool import FreeQueries\n"
        "queries = FreeQueries(Path(sys.argv[1]))\n"
        "print(queries.answer('ASK {}').truth)\n"
    )
    done = subprocess.run(
        [sys.executable, str(program), str(snapshot)], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ROOMS}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == "begun\nTrue\n", done.stderr


def answering() -> dict[int, int]:
    """Return the processes that answer free queries, whosoever, each with its parent."""
    found = {}
    if not Path("/proc/self/stat").exists():
        listed = subprocess.check_output(["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="])
        rows = [line.split(None, 3) for line in listed.splitlines()]
        return {int(r[0]): int(r[1]) for r in rows if b"freequeries" in r[3] and r[2][:1] != b"Z"}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[:2]
            is_one = b"freequeries" in (folder / "cmdline").read_bytes()
        except OSError:  # it has just ended
            continue
        if is_one and state != "Z":
            found[int(folder.name)] = int(parent)
    return found


def answering_for(parent: int) -> set[int]:
    return {process for process, of in answering().items() if of == parent}


@pytest.mark.parametrize("query", ["ASK {}", BURNS])
def test_the_process_ends_when_its_parent_is_killed(query: str, snapshot: Path) -> None:
    script = (
        "import sys, threading, time\n"
        "from pathlib import Path\n"
        "from graph.freequeries.limits import Limits\n"
        "from graph.freequeries.pool import FreeQueries\n"
        "queries = FreeQueries(Path(sys.argv[1]), limits=Limits(seconds=60))\n"
        "queries.answer('ASK {}')\n"
        "threading.Thread(target=queries.answer, args=[sys.argv[2]], daemon=True).start()\n"
        "time.sleep(0.3)\n"
        "print('asked', flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(snapshot), query],
        env={**os.environ, "PYTHONPATH": ROOMS}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    assert parent.stdout.readline() == "asked\n"
    (child,) = answering_for(parent.pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 5
    while child in answering() and time.monotonic() < end:
        time.sleep(0.1)
    assert child not in answering()
    parent.stdout.close()


def test_closing_ends_the_processes_and_more_is_not_answered(snapshot: Path) -> None:
    before = answering_for(os.getpid())
    queries = FreeQueries(snapshot)
    queries.answer("ASK {}")
    assert len(answering_for(os.getpid()) - before) == 1
    queries.close()
    assert answering_for(os.getpid()) == before
    with pytest.raises(StoreError, match="no more queries"):
        queries.answer("ASK {}")


def test_another_snapshot_than_the_one_named_is_refused(snapshot: Path) -> None:
    with (
        FreeQueries(snapshot, digest="0" * 64) as queries,
        pytest.raises(StoreError, match="built anew"),
    ):
        queries.answer("ASK {}")


@pytest.mark.parametrize("content", [None, b"<a> <b> .", b"\xff\xfe"])
def test_a_snapshot_that_cannot_be_read_is_told(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.nq"
    if content is not None:
        path.write_bytes(content)
    with (
        FreeQueries(path) as queries,
        pytest.raises(StoreError, match=r"snapshot.nq: cannot be loaded"),
    ):
        queries.answer("ASK {}")
