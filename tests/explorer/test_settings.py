"""Settings come from the environment and settings.toml; a wrong value gives one clear line."""

import tomllib
from pathlib import Path

import pytest
from streamlit.web import bootstrap

from explorer.serving import OPTIONS, command
from explorer.settings import Settings, environment_for, read_settings
from ontology.errors import UsageError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REFORMGRAPH_HOME", str(tmp_path))
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS", raising=False)
    return tmp_path


def _refusal() -> str:
    with pytest.raises(UsageError) as error:
        read_settings()
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 2
    return str(error.value)


def test_nothing_needs_to_be_set(home: Path) -> None:
    settings = read_settings()
    assert settings == Settings(home=home)
    assert (settings.documents, settings.store, settings.corpus) == (None, "memory:", None)
    assert settings.corpus_folder.joinpath("mrg-2026.yaml").is_file()


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "seeds").mkdir()
    (home / "settings.toml").write_text('documents = "seeds"\nstore = "disk:x"\n')
    assert read_settings().documents == home / "seeds"
    monkeypatch.setenv("REFORMGRAPH_STORE", "memory:")
    assert read_settings().store == "memory:"


def test_an_empty_variable_counts_as_unset(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMGRAPH_DOCUMENTS", "")
    assert read_settings() == Settings(home=home)


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("REFORMGRAPH_HOME", raising=False)
    monkeypatch.setattr(Path, "home", none)
    with pytest.raises(UsageError, match=r"^REFORMGRAPH_HOME: .* Set it\.$"):
        read_settings()


def test_a_folder_that_is_not_there_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMGRAPH_DOCUMENTS", str(home / "nowhere"))
    assert _refusal() == (
        f"REFORMGRAPH_DOCUMENTS: {home / 'nowhere'} is not a folder. "
        "Correct it, there or in settings.toml."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "docs = 1",
            "settings.toml: `docs` is not a setting. Use documents, store, corpus,",
        ),
        ("store = ", "settings.toml: cannot be read as TOML"),
        ('home = "x"', "`home` cannot be set in the workspace. Set REFORMGRAPH_HOME."),
        ("store = 5", "REFORMGRAPH_STORE: Input should be a valid string."),
    ],
)
def test_a_mistake_in_the_file_is_told(home: Path, text: str, told: str) -> None:
    (home / "settings.toml").write_text(text)
    assert told in _refusal()


def test_another_process_gets_the_same_settings(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "settings.toml").write_text('store = "memory:"\n')
    wanted = read_settings()
    for name, value in environment_for(wanted).items():
        monkeypatch.setenv(name, value)
    assert read_settings() == wanted


def test_only_settings_reads_the_environment() -> None:
    room = Path(__file__).resolve().parent.parent.parent
    readers = {
        path.relative_to(room).as_posix()
        for folder in ("explorer", "graph", "ingest", "ontology")
        for path in (room / folder).rglob("*.py")
        if "os.environ" in path.read_text("utf-8") or "getenv" in path.read_text("utf-8")
    }
    assert readers == {"explorer/settings.py"}


def test_no_server_on_the_network_is_asked_for_this_machines_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = [one[2:].split("=", 1) for one in command(Settings(), 8501, "0.0.0.0") if "=" in one]
    given = {name: {"true": True, "false": False}.get(value, value) for name, value in options}
    monkeypatch.setattr(bootstrap.config, "get_option", given.get)
    for asks in ("get_internal_ip", "get_external_ip"):
        monkeypatch.setattr(bootstrap.net_util, asks, lambda: pytest.fail("it was asked"))
    bootstrap._print_url(False)


def test_both_doors_give_streamlit_the_same_options() -> None:
    root = Path(__file__).resolve().parent.parent.parent
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text("utf-8"))
    theme = tomllib.loads((root / "explorer" / "theme.toml").read_text("utf-8"))
    assert config["theme"] == theme["theme"]
    for option, value in OPTIONS.items():
        section, name = option.split(".")
        if section not in ("global", "logger"):
            assert str(config[section][name]).lower() == value, option
