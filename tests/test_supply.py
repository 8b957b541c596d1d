"""What a reader installs is listed: every pin, its licence, its hashes, and no index."""

import email.message
import json
import re
import sys
from pathlib import Path

import pytest

# Last, so that the rooms are those installed: pytest, run bare, does not find the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent))

from benchmarks import supply

PIN = "{}==1.0 \\\n    --hash=sha256:00\n    # via\n    #   reformgraph (pyproject.toml)\n"


@pytest.mark.parametrize("path", [supply.SBOM, supply.LICENCES], ids=lambda path: path.name)
def test_the_lists_agree_with_the_pins_and_with_the_metadata(path: Path) -> None:
    made = supply.papers()[path]
    assert path.read_text("utf-8") == made, "run `python -m benchmarks.supply` and commit"


def test_the_bill_of_materials_is_valid_and_holds_every_pin_with_all_its_hashes() -> None:
    # Here, for to import them takes three seconds, and each process that tests looks at every file.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = supply.SBOM.read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    listed = json.loads(text)["components"]
    pins = (supply.ROOT / supply.PINS).read_text("utf-8")
    purls = {f"pkg:pypi/{name}@{v}" for name, v in re.findall(r"^([\w.-]+)==([^\s;]+)", pins, re.M)}
    assert {part["purl"] for part in listed} == purls
    digests = {
        found["content"] for part in listed for found in part["externalReferences"][0]["hashes"]
    }
    assert digests == set(re.findall(r"sha256:(\w+)", pins))
    assert all(part["licenses"] for part in listed)


def test_who_asks_for_whom_is_in_the_bill_of_materials() -> None:
    asks = {
        entry["ref"]: entry.get("dependsOn", [])
        for entry in json.loads(supply.SBOM.read_text("utf-8"))["dependencies"]
    }
    assert {"streamlit", "pyoxigraph", "hatchling"} <= set(asks["reformgraph"])
    assert "jinja2" in asks["pyvis"]
    asked = {name for names in asks.values() for name in names}
    assert asked | {"reformgraph"} == set(asks)


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("GPL-3.0-or-later", "which does not enter"),
        ("MIT OR AGPL-3.0-only", "which does not enter"),
        ("", "what licence is"),
        ("as you like", "what licence is"),
    ],
)
def test_a_licence_that_is_unknown_or_not_judged_stops_the_list(
    monkeypatch: pytest.MonkeyPatch, stated: str, told: str
) -> None:
    said = email.message.Message()
    said["License-Expression"] = stated
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: said)
    with pytest.raises(LookupError, match=told):
        supply.pins(PIN.format("something"))


def test_a_package_that_is_not_installed_wants_its_licence_read() -> None:
    with pytest.raises(LookupError, match="no-such-package is not installed here"):
        supply.pins(PIN.format("no-such-package"))
