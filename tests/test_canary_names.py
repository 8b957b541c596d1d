"""Nobody exposed: invented names seeded in every field stand in nothing that is given out.

`python -m benchmarks.proofs` runs the same with every command, page, export and entity.
"""

import base64
import gzip
import html
import io
import json
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

# Last, so that the rooms are those installed: pytest, run bare, does not find the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent))

from benchmarks import canaries
from benchmarks.canarynames import NAMES, places_in
from explorer.settings import Settings
from ingest.pipeline import build


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace with a name in every field, but for the list, whose reader takes a second."""
    return canaries.prepare(tmp_path_factory.mktemp("canaries"), with_list=False)


def _zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("inner.gz", gzip.compress(name.encode()))
    return packed.getvalue()


WRITINGS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in capitals": lambda name: name.upper().encode(),
    "decomposed": lambda name: unicodedata.normalize("NFD", name).encode(),
    "by its last word": lambda name: name.split()[-1].encode(),
    "as an id": lambda name: "-".join(name.lower().split()).encode(),
    "in UTF-16": lambda name: name.encode("utf-16"),
    "in an address": lambda name: quote(name).encode(),
    "in an address within one": lambda name: quote(quote(name)).encode(),
    "in JSON": lambda name: json.dumps(name).encode(),
    "in HTML": lambda name: "".join(f"&#{ord(letter)};" for letter in name).encode(),
    "in HTML within HTML": lambda name: html.escape(f"&#x{ord(name[0]):x};{name[1:]}").encode(),
    "in base64": lambda name: base64.b64encode(f"a page of {name} and more".encode()),
    "in hexadecimal digits": lambda name: name.encode().hex().encode(),
    "in octal escapes": lambda name: b"".join(b"\\%03o" % byte for byte in name.encode()),
    "in an archive in an archive": _zipped,
}


@pytest.mark.parametrize("writing", list(WRITINGS))
def test_a_name_is_found_in_whatever_writing(writing: str) -> None:
    for place, name in NAMES.items():
        assert places_in(WRITINGS[writing](name)) == {place}


def test_a_name_stands_in_every_field(settings: Settings) -> None:
    folder = settings.home.parent
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {place for path in files for place in places_in(path.read_bytes())}
    found |= places_in(str(settings.documents).encode())
    assert set(NAMES) - found == {"row"}
    assert len(NAMES) >= 20


def test_no_name_is_in_anything_given_out(settings: Settings) -> None:
    proof = canaries.exposed(settings, everything=False)
    assert proof.failures == []
    assert proof.cases >= 60


def test_the_search_would_see_a_case_that_is_told(settings: Settings) -> None:
    assert settings.corpus is not None
    file = settings.corpus / "quay.yaml"
    before = file.read_text("utf-8")
    try:
        file.write_text(before + "    disclosure: consentGiven\n", "utf-8")
        found = places_in(build(settings.corpus).to_bytes())
    finally:
        file.write_text(before, "utf-8")
    assert found == {
        "address", "actor of a case", "case label", "case note", "claim", "proposition",
        "recommendation", "section", "status note", "step label", "title",
    }  # fmt: skip
