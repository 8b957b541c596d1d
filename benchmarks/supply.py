"""What a reader installs: its bill of materials and its licences, from pins and metadata.

    python -m benchmarks.supply

Run from the project's folder, in an environment that holds requirements-dev.txt, whenever
requirements.txt has changed. Writes docs/sbom.cdx.json (CycloneDX 1.6) and docs/licences.md, the
same bytes each time: no moment, no random number, no address of an index.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import fixup_id, is_expression
from packageurl import PackageURL
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINS = "requirements.txt"
SBOM, LICENCES = ROOT / "docs" / "sbom.cdx.json", ROOT / "docs" / "licences.md"

CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Classifiers that mean one licence. "BSD License" means several."""

READ = {
    "altair": "BSD-3-Clause",
    "asttokens": "Apache-2.0",
    "colorama": "BSD-3-Clause",  # on Windows alone
    "ipython-pygments-lexers": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pebble": "LGPL-3.0-only",
    "prompt-toolkit": "BSD-3-Clause",
    "protobuf": "BSD-3-Clause",
    "pydeck": "Apache-2.0",
    "pyvis": "BSD-3-Clause",
    "traitlets": "BSD-3-Clause",
}
"""Where the metadata says it in words of its own: what the licence text in the package is."""

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "PSF-2.0", "W3C-20150513", "Zlib",
}  # fmt: skip
"""Licences that ask for no more than to be named."""

JUDGED = {
    "LGPL-3.0-only": "Copyleft for the library itself, which is used unchanged, as a package of "
    "its own that anybody can replace. It asks nothing of reformgraph's own code.",
    "MPL-2.0": "Copyleft for its own files, which are used unchanged.",
}
"""Licences that ask for something back, and why they are taken. No other enters."""


@dataclass(frozen=True)
class Pin:
    """One package of requirements.txt."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]
    licence: str


def pins(text: str) -> list[Pin]:
    """Return the packages of a requirements file as uv writes it, with their licences.

    Raises LookupError where a licence is not known, or does not enter.
    """
    found = []
    for entry in re.split(r"^(?=\w)", re.sub(r"\A(#.*\n)*", "", text), flags=re.M)[1:]:
        head = re.match(r"([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", entry)
        assert head is not None, f"not a pin: {entry.splitlines()[0]}"
        name, version, marker = canonicalize_name(head[1]), head[2], (head[3] or "").strip()
        hashes = tuple(re.findall(r"--hash=sha256:(\w+)", entry))
        wanted_by = tuple(re.findall(r"^ +# +(?:via )?(?!via$)([\w.-]+)(?: \(.*\))?$", entry, re.M))
        found.append(Pin(name, version, marker, hashes, wanted_by, licence(name)))
    return found


def licence(name: str) -> str:
    """Return the licence of a package as an SPDX expression.

    Raises LookupError where it is not known, or neither permissive nor judged.
    """
    expression = stated_licence(name)
    if strange := named(expression) - PERMISSIVE - JUDGED.keys():
        raise LookupError(f"{name} is under {', '.join(sorted(strange))}, which does not enter")
    return expression


def stated_licence(name: str) -> str:
    """Return the licence that a package states, as an SPDX expression. Raises LookupError."""
    if name in READ:
        return READ[name]
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError as error:
        raise LookupError(f"{name} is not installed here: read its licence into READ") from error
    given = said.get("License-Expression") or said.get("License") or ""
    if exact := fixup_id(given):
        return exact
    if given and is_expression(given):
        return given
    classifiers = {
        c.split(" :: ")[-1] for c in said.get_all("Classifier", []) if c[:7] == "License"
    }
    if len(classifiers) == 1 and (one := CLASSIFIED.get(*classifiers)):
        return one
    raise LookupError(f"{name}: what licence is “{given[:40]}” {classifiers}? Read it into READ")


def named(expression: str) -> set[str]:
    """Return the licences that an SPDX expression names."""
    return set(re.findall(r"[\w.+-]+", expression)) - {"AND", "OR", "WITH"}


def bill(packages: list[Pin], version: str) -> str:
    """Return the bill of materials: CycloneDX in JSON, one component a line."""
    whole = Component(
        name="reformgraph", version=version, type=ComponentType.APPLICATION, bom_ref="reformgraph",
        licenses=[LicenseFactory().make_with_expression("Apache-2.0 AND CC-BY-4.0")],
    )  # fmt: skip
    parts = {pin.name: component(pin) for pin in packages}
    made = Bom(components=parts.values(), metadata=BomMetaData(component=whole))
    made.register_dependency(whole, [parts[p.name] for p in packages if is_ours(p)])
    for name, part in parts.items():
        made.register_dependency(part, [parts[p.name] for p in packages if name in p.wanted_by])
    content = json.loads(JsonV1Dot6(made).output_as_string())
    # A number and a moment that differ each time say nothing that the version does not.
    del content["serialNumber"], content["metadata"]["timestamp"]
    lines = []
    for key, value in sorted(content.items(), key=lambda pair: isinstance(pair[1], list)):
        shown = json.dumps(value, sort_keys=True)
        if isinstance(value, list):
            shown = "[\n" + ",\n".join(json.dumps(v, sort_keys=True) for v in value) + "\n]"
        lines.append(f"{json.dumps(key)}: {shown}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def is_ours(pin: Pin) -> bool:
    """Whether the project itself asks for the package, to run or to be built."""
    return any(name.startswith("reformgraph") for name in pin.wanted_by)


def component(pin: Pin) -> Component:
    """Return a package as a component; its hashes are those that an installation is held to."""
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION, url=XsUri(PINS),
        hashes=[HashTypeFactory().from_composite_str(f"sha256:{d}") for d in pin.hashes],
    )  # fmt: skip
    return Component(
        name=pin.name, version=pin.version, type=ComponentType.LIBRARY, bom_ref=pin.name,
        purl=PackageURL("pypi", name=pin.name, version=pin.version),
        licenses=[LicenseFactory().make_from_string(pin.licence)],
        external_references=[files],
        properties=[Property(name="python:marker", value=pin.marker)] if pin.marker else [],
    )  # fmt: skip


def page(packages: list[Pin]) -> str:
    """Return the list of licences as a page in Markdown."""
    judged = [f"- **{name}**: {why}" for name, why in JUDGED.items()]
    rows = [f"| {pin.name} | {pin.version} | {pin.licence} |" for pin in packages]
    return "\n".join(
        [
            "# Licences",
            "",
            "What `requirements.txt` installs, as each package's metadata or licence text says.",
            "Written by `python -m benchmarks.supply`; a test holds it against the pins. The same",
            "with hashes and with who asks for whom: [sbom.cdx.json](sbom.cdx.json) (CycloneDX).",
            "",
            "The project itself is under Apache-2.0, its data under CC BY 4.0. No package is under",
            "the GPL or AGPL. These ask for something back:",
            "",
            *judged,
            "",
            "| package | version | licence (SPDX) |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def papers() -> dict[Path, str]:
    """Return what the files of this module should hold. Raises LookupError."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    packages = pins((ROOT / PINS).read_text("utf-8"))
    return {SBOM: bill(packages, version), LICENCES: page(packages)}


def main() -> int:
    """Write the files; return the exit code."""
    for path, text in papers().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
