"""What the project promises about itself: its two lines, its pins, its papers, its test bench."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
EXPLORE_LINE = "python3 start.py explore"
TEST_LINE = "python3 start.py test"
# Written in pieces, so that this file does not name what no file may name.
INDEX_HOSTS = ["py" + "pi.org", "python" + "hosted.org", "registry.np" + "mjs.org"]
INDEX_OPTIONS = re.compile(
    r"^\s*--?(index-url|extra-index-url|find-links|trusted-host|i|f)\b", re.M
)
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
"""Lines, as CONTRIBUTING.md says."""
MACHINE_PATH = re.compile(r"(?<![\w./:])/(work|root|tmp|home|Users|mnt|opt)/\w")


def pins(name: str) -> dict[str, str]:
    """The package versions of a requirements file."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(encoding="utf-8"), re.M)
    return {canonicalize_name(package): version for package, version in found}


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_file_names_a_package_index(project_texts: dict[str, str]) -> None:
    named = [
        (name, host) for name, text in project_texts.items() for host in INDEX_HOSTS if host in text
    ]
    assert not named


def test_no_file_carries_a_path_of_a_machine(project_texts: dict[str, str]) -> None:
    carried = {
        f"{name}: {line.strip()}"
        for name, text in project_texts.items()
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
    }
    assert not carried


def test_the_readme_shows_both_lines_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert {EXPLORE_LINE, TEST_LINE} <= {line.strip() for line in readme}
    assert TEST_LINE in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pinned_package_has_hashes_and_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", re.sub(r"^ *#.*\n", "", text, flags=re.M), flags=re.M)
    assert [entry.split()[0] for entry in entries if entry and "--hash=sha256:" not in entry] == []
    assert len([entry for entry in entries if entry]) == len(pins(name))
    assert not INDEX_OPTIONS.search(text)


def test_tests_run_with_the_packages_a_reader_gets() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_every_declared_package_is_pinned_within_its_bounds() -> None:
    project, groups = pyproject()["project"], pyproject()["dependency-groups"]
    declared = {
        "requirements.txt": [*project["dependencies"], *groups["build"]],
        "requirements-dev.txt": [entry for entry in groups["dev"] if isinstance(entry, str)],
    }
    for name, requirements in declared.items():
        pinned = pins(name)
        for requirement in map(Requirement, requirements):
            version = pinned.get(canonicalize_name(requirement.name), "not pinned")
            assert version in requirement.specifier, f"{requirement} in {name}: {version}"


def test_the_papers_agree_on_version_and_licence() -> None:
    project = pyproject()["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project['version']}\n" in citation
    assert importlib.metadata.version("reformgraph") == project["version"]
    assert project["license"] == "Apache-2.0 AND CC-BY-4.0"
    assert "\n  - Apache-2.0\n  - CC-BY-4.0\n" in citation


def test_both_licences_are_there_in_full() -> None:
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    data = (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert "Apache License" in code
    assert "END OF TERMS AND CONDITIONS" in code
    assert data.startswith("Attribution 4.0 International")
    assert "Section 8 -- Interpretation." in data


def test_the_changelog_keeps_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (.*)$", text, re.M)
    assert releases[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", r) for r in releases[1:])
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.*)$", text, re.M)) <= kinds


def test_every_decision_has_the_parts_of_the_template() -> None:
    folder = ROOT / "docs" / "decisions"
    parts = re.findall(r"^## .*$", (folder / "0000-template.md").read_text(encoding="utf-8"), re.M)
    for record in folder.glob("[0-9]*.md"):
        text = record.read_text(encoding="utf-8")
        assert re.findall(r"^## .*$", text, re.M) == parts, record.name
        number = record.name[:4] if record.name != "0000-template.md" else "NNNN"
        assert text.startswith(f"# {number}: "), record.name


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    titles = {
        path.name: path.read_text(encoding="utf-8").partition("\n")[0].partition(": ")[2]
        for path in sorted(folder.glob("[0-9]*.md"))
        if path.name != "0000-template.md"
    }
    assert [one for one, title in titles.items() if f"[{title}]({one})" not in index] == []


def test_the_files_of_tests_that_begin_first_are_there() -> None:
    bench = ast.parse((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (names,) = [
        ast.literal_eval(line.value) for line in bench.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "DEAREST"
    ]  # fmt: skip
    assert not [name for name in names if not (ROOT / "tests" / name).is_file()]


def test_modules_and_functions_stay_small() -> None:
    large = []
    for room in ("ontology", "ingest", "graph", "explorer"):
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if len(text.splitlines()) > LONGEST_MODULE:
                large.append(f"{path.relative_to(ROOT)}: more than {LONGEST_MODULE} lines")
            large += [
                f"{path.relative_to(ROOT)} line {node.lineno}: {node.name} is too long"
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
            ]
    assert not large


def test_a_folder_of_tests_is_not_a_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_an_older_python_can_read_start_and_be_told() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def bench(folder: Path, test: str, **variables: str) -> str:
    """What pytest prints for one test on this project's test bench, with its exit code."""
    bench_text = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(bench_text, encoding="utf-8")
    (folder / "test_it.py").write_text(f"import pytest, socket\n\n\n{test}\n", encoding="utf-8")
    unset = {"CI", "REFORMGRAPH_DOCUMENTS", "PYTEST_ADDOPTS"}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}"],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k not in unset} | variables,
        capture_output=True,
        text=True,
    )
    return f"{ran.stdout}{ran.stderr}exit {ran.returncode}"


def test_tests_without_the_source_documents_are_skipped_by_name_and_counted(tmp_path: Path) -> None:
    told = bench(tmp_path, "@pytest.mark.parametrize('n', 'ab')\ndef test_it(documents, n): pass")
    assert "2 tests skipped: source documents not at hand: set REFORMGRAPH_DOCUMENTS" in told
    assert "test_it.py::test_it[a]\ntest_it.py::test_it[b]" in told
    assert told.endswith("exit 0")


def test_in_ci_a_skip_is_a_failure(tmp_path: Path) -> None:
    told = bench(tmp_path, "def test_it(documents): pass", CI="true")
    assert "in CI a skip is a failure: source documents not at hand" in told
    assert told.endswith("exit 1")


def test_in_ci_a_file_that_skips_itself_is_a_failure(tmp_path: Path) -> None:
    told = bench(tmp_path, "pytest.importorskip('there_is_no_such_package')", CI="true")
    assert "in CI a skip is a failure: could not import" in told
    assert told.endswith("exit 2")


def test_the_documents_folder_must_exist_where_it_is_named(tmp_path: Path) -> None:
    absent = str(tmp_path / "absent")
    told = bench(tmp_path, "def test_it(documents): pass", REFORMGRAPH_DOCUMENTS=absent)
    assert "which is not a folder" in told
    assert told.endswith("exit 1")


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.getaddrinfo('elsewhere.invalid', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
        "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    ],
)
def test_reaching_another_machine_fails_a_test_that_hides_it(attempt: str, tmp_path: Path) -> None:
    told = bench(tmp_path, f"def test_it():\n    try: {attempt}\n    except OSError: pass")
    assert "tried to reach another machine" in told
    assert told.endswith("exit 1")


def test_reaching_this_machine_is_allowed(tmp_path: Path) -> None:
    here = (
        "def test_it():\n"
        "    with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "        socket.create_connection(('localhost', server.getsockname()[1])).close()"
    )
    assert bench(tmp_path, here).endswith("exit 0")
