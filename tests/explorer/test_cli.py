"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from explorer.cli import app

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-c", "from explorer.cli import app; app()"]
Surroundings = Callable[..., dict[str, str]]

runner = CliRunner()


def run(*words: str) -> Result:
    return runner.invoke(app, list(words))


def refusal(result: Result, code: int) -> str:
    """Return the one line on stderr of a command that ended with that code."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


# --- help, usage ---------------------------------------------------------------------------------


def test_help_takes_less_than_half_a_second_of_work() -> None:
    begin = os.times()  # not by the clock, which also runs while others compute
    subprocess.run([*COMMAND, "--help"], cwd=ROOT, check=True, capture_output=True)
    end = os.times()
    took = end.children_user + end.children_system - begin.children_user - begin.children_system
    assert took < 0.5


def test_help_loads_no_heavy_package() -> None:
    script = (
        "import sys, explorer.cli; heavy = ['rdflib', 'streamlit', 'pyshacl', 'pandas'];"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("adopt").exit_code == 2


def test_each_command_refuses_slips_in_its_words_alike(capsys: pytest.CaptureFixture[str]) -> None:
    group = typer.main.get_group(app)  # made once: to lay out all commands takes a while

    def told(*words: str) -> str:
        with pytest.raises(SystemExit) as end:
            group.main(list(words))
        assert end.value.code == 2, words
        return capsys.readouterr().err

    for name, command in group.commands.items():
        assert told(name, "--no-such-option").count("\n") == 1
        for given in command.params:
            option = given.opts[0] if given.opts[0].startswith("--") else ""
            assert "is empty. Give a value" in told(name, *filter(None, [option]), " ")
            if given.metavar == "DAY":
                words = [option or "x", "soon"]
                assert "“soon” is not a day. Write it as 2025-11-24." in told(name, *words)


def test_a_slip_is_told_in_our_own_words() -> None:
    for words, told in (
        (("export", "--format", "xml"), "export --format: 'xml' is not one of 'csv', "),
        (("export", "--format"), "--format: needs a value. "),
        (("sparql", "-", "--rows", "many"), "“many” is not a whole number from 1 to 1,000,000. "),
        (("show", "a", "b"), "show: does not know “b”. Say `"),
        (("ask", "--issuer=", "x"), "--issuer: is empty. "),
    ):
        assert told in refusal(run(*words), 2)


def test_a_command_is_at_most_ten_lines() -> None:
    import ast

    tree = ast.parse((ROOT / "explorer" / "cli.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:]  # without the docstring
            assert body[-1].end_lineno - body[0].lineno + 1 <= 10, node.name


# --- build ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("other_reform")
def test_build_writes_the_snapshot_to_the_workspace() -> None:
    result = run("build")
    home = Path(os.environ["REFORMGRAPH_HOME"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"{home / 'snapshot.nq'}: ")
    assert (home / "snapshot.nq").read_bytes().count(b"\n") > 1000
    assert run("build", "--keep", "2016-07").exit_code == 0
    release = home / "releases" / "2016-07.nq"
    assert release.stat().st_mode & 0o777 == 0o600
    assert run("compare", str(release)).stdout == "The two state the same.\n"
    release.write_bytes(release.read_bytes() + b"\n")
    assert "is another release" in refusal(run("build", "--keep", "2016-07"), 1)
    assert "--keep: “../x” is no name" in refusal(run("build", "--keep", "../x"), 2)


def test_two_builds_give_the_same_bytes_whatever_the_machine(
    other_reform: Path, tmp_path: Path, surroundings_of: Surroundings
) -> None:
    made = []
    for seed, zone, language in (("0", "UTC", "C.UTF-8"), ("7", "Asia/Tokyo", "tr_TR.UTF-8")):
        out = tmp_path / f"{seed}.nq"
        environment = surroundings_of(tmp_path / "home", corpus=str(other_reform))
        given = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        subprocess.run(
            [*COMMAND, "build", "--out", str(out)],
            cwd=ROOT, env=environment | given, check=True, capture_output=True,
        )  # fmt: skip
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_a_mistake_in_the_corpus_is_told_with_file_and_line(other_reform: Path) -> None:
    path = other_reform / "open-locks-2012.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: resolution", "kind: rumour", 1), "utf-8")
    line = refusal(run("build"), 1)
    assert line.startswith("open-locks-2012.yaml line ")
    assert "rumour" in line


def test_a_place_that_cannot_be_written_is_told(other_reform: Path) -> None:
    assert other_reform.is_dir()
    line = refusal(run("build", "--out", f"{other_reform}/open-locks-2012.yaml/x.nq"), 1)
    assert f"{other_reform}/open-locks-2012.yaml" in line
    assert "another" in line


# --- ask -----------------------------------------------------------------------------------------


def test_ask_lists_the_questions_with_their_parameters() -> None:
    listed = run("ask").stdout
    assert "which_recommendations  Which recommendations are there" in listed
    assert "    --issued-before DAY  " in listed
    assert "    --axis response|adoption|practice  " in listed
    described = json.loads(run("ask", "--format", "json").stdout)
    assert {"name", "title", "doc", "columns", "parameters"} == set(described[0])


@pytest.mark.usefixtures("other_reform")
def test_ask_answers_in_three_formats() -> None:
    words = ("ask", "what-happened-to", "--recommendation", "open-locks-2014-reasons")
    rows = json.loads(run(*words, "--format", "json").stdout)
    assert {row["status"] for row in rows} >= {"adopted", "partiallyAdopted"}
    told = f"{len(rows)} rows, one for each assessment of a recommendation; recommendations: 1.\n"
    assert all(row["passages"] or row["look"] for row in rows)
    printed = run(*words, "--format", "csv")
    assert printed.stderr == told
    table = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert len(table) == len(rows)
    assert table[0]["recommendation"] == "Announce closures with reasons"
    shown = run(*words).stdout
    assert "partially adopted" in shown
    assert shown.endswith(told)
    assert "Recommendation" not in shown  # it was given


@pytest.mark.usefixtures("other_reform")
def test_the_day_limits_the_answer() -> None:
    words = ("ask", "what_happened_to", "--recommendation=open-locks-2014-panel", "--format=json")
    assert json.loads(run(*words, "--as-of", "2015-02-28").stdout) == []
    assert len(json.loads(run(*words, "--as-of", "2015-03-01").stdout)) == 1


@pytest.mark.usefixtures("other_reform")
def test_no_row_is_said_so() -> None:
    result = run("ask", "how_many", "--claimant", "open-locks-network", "--as-of", "1990-01-01")
    assert result.exit_code == 0
    assert re.match("Nothing on record fits .* without --as-of, [1-9]", result.stdout)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["who_is_right"], 2, "is not a question. Use one of: which_recommendations, "),
        (["who_signed", "--by", "x"], 2, "does not know “--by”. Use --document, --signatory, "),
        (["who_signed", "x"], 2, "does not know “x”. Use --document, --signatory, "),
        (["who_signed", "--document"], 2, "“--document” needs a value."),
        (["what_changed", "--as-of", "2020-01-01"], 2, "takes no --as-of"),
        (["who_signed", "--document", "nothing"], 2, "there is no document “nothing”"),
        (["what_changed", "--since", "soon"], 2, "“soon” is not a day"),
    ],
)
@pytest.mark.usefixtures("other_reform")
def test_a_wrong_word_is_told_with_the_right_ones(words: list[str], code: int, told: str) -> None:
    assert told in refusal(run("ask", *words), code)


def csv_of(*words: str) -> list[dict[str, str]]:
    result = run("ask", *words, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.usefixtures("other_reform")
def test_what_a_row_is_about_is_told_by_its_address() -> None:
    labelled = csv_of("which_recommendations")
    assert {row["recommendation"].partition("/")[0] for row in labelled} == {"recommendation"}
    for name, kind in (("what_happened_to", "recommendation"), ("which_safeguards", "actor")):
        rows = csv_of(name)
        assert {row["address"].partition("/")[0] for row in rows} == {kind}
        assert not any(next(iter(row.values())).startswith(f"{kind}/") for row in rows)
    assert "address" not in csv_of("where_sources_disagree")[0]


def test_two_of_one_label_are_told_apart_in_a_spreadsheet(other_reform: Path) -> None:
    path = other_reform / "open-locks-2012.yaml"
    text = path.read_text("utf-8")
    old = "label: petitioners of the Ombrel valley"
    assert text.count(old) == 1
    path.write_text(text.replace(old, "label: Open Locks Network"), "utf-8")
    assert {row["issuers"] for row in csv_of("which_recommendations")} >= {
        "Open Locks Network (actor/open-locks-network)",
        "Open Locks Network (actor/river-petitioners)",
    }


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(other_reform: Path) -> None:
    path = other_reform / "open-locks-2012.yaml"
    text = path.read_text("utf-8")
    assert "label: Give the river back" in text
    path.write_text(text.replace("label: Give the river back", "label: '=HYPERLINK(1)'"), "utf-8")
    result = run("ask", "which_recommendations", "--text", "hyperlink", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["label"] == "'=HYPERLINK(1)"


def test_what_could_steer_a_terminal_does_not_reach_it(other_reform: Path) -> None:
    path = other_reform / "open-locks-2012.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("label: Give the river back", 'label: "a\\u2066b"'), "utf-8")
    result = run("ask", "which_recommendations")
    assert "\u2066" not in result.output
    assert "turns the direction of writing (U+2066, left-to-right isolate)" in result.stderr


# --- show, anchor, schema ------------------------------------------------------------------------


@pytest.mark.usefixtures("other_reform")
def test_show_follows_one_entity_through_the_house() -> None:
    shown = run("show", "open-locks-2014-reasons").stdout
    assert "written    open-locks-2015.yaml line 19" in shown
    assert "passage    passage/open-locks-2015/" in shown
    assert ": verified" in shown
    assert "statement  asked by: Open Locks Network\n" in shown
    assert "statement  assessed in: assessment/" in shown
    assert "rule       " in shown
    assert "answer     reformgraph ask what_happened_to --recommendation" in shown


@pytest.mark.usefixtures("other_reform")
def test_show_as_json_holds_the_same() -> None:
    told = json.loads(run("show", "actor/open-locks-network", "--json").stdout)
    assert any(row["property"].endswith("issuedBy") for row in told["statements"])
    assert told["written"]["file"].endswith(".yaml")
    assert told["iri"] == "https://w3id.org/reformgraph/id/actor/open-locks-network"
    assert any("who_signed" in answer["ask"] for answer in told["answers"]) or told["answers"]


@pytest.mark.usefixtures("other_reform")
def test_show_says_when_there_is_no_such_thing() -> None:
    line = refusal(run("show", "actor/nobody"), 2)
    assert line.endswith("“actor/nobody” is not in the graph. Choose one in `reformgraph explore`.")
    line = refusal(run("show", "actor/open-locks-netwrok"), 2)
    assert line.endswith("is not in the graph. Did you mean “actor/open-locks-network”?")


@pytest.mark.usefixtures("other_reform")
def test_show_takes_the_id_of_a_statement_and_keeps_a_long_list_short() -> None:
    shown = run("show", "actor/open-locks-network").stdout
    (statement, *_) = re.findall("assessment/[a-z0-9-]+: [a-z]", shown)
    assert "\n             and " in shown
    assert shown.endswith("all of it  reformgraph show actor/open-locks-network --json\n")
    told = run("show", statement.partition(":")[0]).stdout
    assert "statement  says what became of: " in told
    assert "\nanswer " not in told


@pytest.mark.usefixtures("other_reform")
def test_anchor_prints_the_passage_that_the_corpus_holds() -> None:
    printed = run("anchor", "ombrel-courier-2013", "47", "104").stdout
    assert '    first: "The Council votes on"' in printed
    assert "b1869c34ec233684e87d6b29b48d75fe7f00a0c1b3d35ca05ccd7eba824aa596" in printed
    by_words = run("anchor", "ombrel-courier-2013", "The Council votes on", "new President.").stdout
    assert by_words == printed


def test_anchor_takes_a_file_that_is_not_in_the_corpus(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all. We ask for one thing only. Yours.")
    assert "span: [10, 36]" in run("anchor", str(path), "We ask for", "thing only.").stdout


def test_anchor_takes_a_page_and_words_across_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    path.write_text("<!doctype html><p>Dear all.</p><p>We ask for one<br>thing only. Yours.</p>")
    printed = run("anchor", str(path), "We ask for one thing", "only.").stdout
    assert '    first: "We ask"' in printed
    assert '    last: "thing only."' in printed


def test_anchor_honours_withheld_names(other_reform: Path) -> None:
    path = other_reform / "ombrel-courier-2013.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("  read: whole", "  withheld: [[60, 66]]\n  read: whole", 1), "utf-8"
    )
    assert "withheld" in refusal(run("anchor", "ombrel-courier-2013", "50", "70"), 2)


def test_anchor_honours_withheld_names_in_a_file_of_its_own(
    other_reform: Path, tmp_path: Path
) -> None:
    corpus = other_reform / "ombrel-courier-2013.yaml"
    text = corpus.read_text("utf-8")
    corpus.write_text(
        text.replace("  read: whole", "  withheld: [[60, 66]]\n  read: whole", 1), "utf-8"
    )
    source = next(path for path in other_reform.rglob("*.txt") if path.name in text)
    renamed = tmp_path / "renamed.txt"
    renamed.write_bytes(source.read_bytes())
    assert "withheld" in refusal(run("anchor", str(renamed), "50", "70"), 2)
    changed = tmp_path / source.name
    changed.write_text("Put in front. " + source.read_text("utf-8"), "utf-8")
    assert "differs from the copy" in refusal(run("anchor", str(changed), "50", "70"), 1)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("not there", "x", "the first words stand there 0 times"),
        ("the", "x", "Give words that stand there once"),
        ("The Council votes on", "Zanzibar", "the last words do not stand after the first"),
    ],
)
@pytest.mark.usefixtures("other_reform")
def test_anchor_says_what_is_wrong_with_the_words(first: str, last: str, told: str) -> None:
    assert told in refusal(run("anchor", "ombrel-courier-2013", first, last), 2)


@pytest.mark.usefixtures("other_reform")
def test_anchor_says_when_the_document_is_unknown() -> None:
    assert "neither a corpus file's id nor a file" in refusal(run("anchor", "x", "1", "2"), 2)


def test_the_schema_in_the_repository_is_current() -> None:
    printed = run("schema").stdout
    committed = (ROOT / "ingest" / "corpus.schema.json").read_text("utf-8")
    assert printed == committed, "say: reformgraph schema > ingest/corpus.schema.json"
    assert json.loads(printed)["properties"]["format"]["const"] == 1


# --- pipes and signals ---------------------------------------------------------------------------


def test_a_closed_pipe_ends_it_quietly(
    other_reform: Path, tmp_path: Path, surroundings_of: Surroundings
) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -c "from explorer.cli import app; app()" schema | head -c 1; '
        'echo " ${PIPESTATUS[0]}"',
        shell=True, executable="/bin/bash", cwd=ROOT, capture_output=True, text=True,
        env=surroundings_of(tmp_path / "home", corpus=str(other_reform)),
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.split() in (["{", "0"], ["{", "141"])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("sparql - <&- >&-", 1, "asks nothing"),
        ("schema >&-", 1, "The answer: cannot be written"),
        ("--help >/dev/full", 1, "The answer: cannot be written"),
        ("ask nonsense 2>&-", 2, ""),
    ],
)
def test_what_is_closed_or_full_ends_in_a_line(
    words: str, code: int, told: str, tmp_path: Path, surroundings_of: Surroundings
) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -c "from explorer.cli import app; app()" {words}',
        shell=True, executable="/bin/bash", cwd=ROOT, capture_output=True, text=True,
        env=surroundings_of(tmp_path / "home"),
    )  # fmt: skip
    assert done.returncode == code
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.count("\n") == bool(told)


def test_output_in_another_encoding_is_utf_8(
    other_reform: Path, tmp_path: Path, surroundings_of: Surroundings
) -> None:
    done = subprocess.run(
        [*COMMAND, "ask", "which_recommendations"],
        cwd=ROOT, capture_output=True,
        env=surroundings_of(tmp_path / "home", corpus=str(other_reform))
        | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "—" in done.stdout.decode("utf-8")


def test_ctrl_c_stops_the_explorer_cleanly(
    other_reform: Path, tmp_path: Path, surroundings_of: Surroundings
) -> None:
    server = subprocess.Popen(
        [*COMMAND, "explore", "--port", "0"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=surroundings_of(tmp_path / "home", corpus=str(other_reform)),
    )  # fmt: skip
    assert server.stderr is not None
    assert "http://127.0.0.1:" in server.stderr.readline()
    time.sleep(2)
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(timeout=20) == 0
    assert "Traceback" not in server.stderr.read()


@pytest.mark.usefixtures("other_reform")
def test_a_taken_port_is_told() -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"port {port} is taken" in refusal(run("explore", "--port", str(port)), 1)
