"""`reformgraph extract`: candidates with their passages; a bad file does not lose the others."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from explorer.cli import app

LETTER = (
    "Dear members of the Council,\n\n"
    "The past year was dry. We call on the River Council to publish the gauge readings every week. "
    "Thank you for your time.\n"
)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_candidates_come_as_json_with_offsets_into_the_text(letter: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(letter), "--json"])
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)
    assert found["doc"] == "letter.txt"
    assert LETTER[found["start"] : found["end"]] == found["text"]
    assert "publish the gauge readings every week" in found["text"]
    assert found["addressees"] == ["River Council"]


def test_people_are_told_that_they_decide(letter: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(letter)])
    assert "River Council" in result.stdout
    assert "1 candidate. A person decides" in result.stdout


def test_a_known_body_is_offered_as_a_link_and_never_put_in_silently(tmp_path: Path) -> None:
    path = tmp_path / "plea.txt"
    path.write_text("We call on INTERPOL to publish its rules.", encoding="utf-8")
    (found,) = json.loads(CliRunner().invoke(app, ["extract", str(path), "--json"]).stdout)
    assert found["addressees"] == ["INTERPOL"]
    assert any(link["iri"].endswith("/id/actor/interpol") for link in found["links"])


def test_a_language_without_rules_is_told_and_not_met_with_silence(tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text(
        "Nous demandons au ministère de publier les comptes du port chaque année, et nous prions "
        "le conseil de rendre aux pêcheurs les filets qui leur ont été pris au printemps dernier.",
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["extract", str(path), "--json"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert "lettre.txt: is not in English but in the language 'fr'" in result.stderr


def test_a_bad_file_is_one_line_and_loses_nothing(letter: Path, tmp_path: Path) -> None:
    bad = tmp_path / "broken.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing else")
    result = CliRunner().invoke(app, ["extract", str(bad), str(letter), "--json"])
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == 1
    assert result.stderr.count("\n") == 1
    assert "broken.pdf" in result.stderr


class Chat(BaseHTTPRequestHandler):
    """A model that quotes one sentence of the letter, and one that is not in it."""

    keys: ClassVar[list[str | None]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.keys.append(self.headers["Authorization"])
        empty = {"addressees": [], "proposers": [], "reported": False}
        quotes = ["Thank you for your time", "We call for more rain in summer"]
        told = json.dumps({"recommendations": [{"quote": quote, **empty} for quote in quotes]})
        answer = {"choices": [{"index": 0, "message": {"role": "assistant", "content": told}}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_model_is_asked_only_by_name_and_what_is_not_in_the_text_is_dropped(
    letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMGRAPH_MODEL_KEY", "secret")
    with ThreadingHTTPServer(("127.0.0.1", 0), Chat) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        words = ["extract", str(letter), "--json", "--model-server", url]
        result = CliRunner().invoke(app, [*words, "--model", "tiny"])
        alone = CliRunner().invoke(app, words)
        server.shutdown()
    assert [one["rule"] for one in json.loads(result.stdout)] == ["own voice", "llm:tiny"]
    assert "1 results dropped" in result.stderr
    assert Chat.keys == ["Bearer secret"]
    assert alone.exit_code == 2
    assert "--model: goes with --model-server." in alone.stderr
