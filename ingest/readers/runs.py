"""Runs of a DOCX: whether anybody sees them, by what they and their named styles say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

SMALLEST = 2
"""Half-points: what is smaller is no text that anybody reads."""
NARROWEST = 10
"""Percent of a letter's width."""
LOOKED_AT = ("w:vanish", "w:sz", "w:szCs", "w:w")
MOST_BASES = 20
"""How many styles one may rest on, one upon the other; they may go round."""

Properties = Mapping[str, Any]
"""Properties of a run, by their tags."""


def named_styles(document: Any) -> dict[str, Properties]:
    """Return what each named style of a document says of how runs are seen, if it says anything."""
    found = [part for part in document.part.rels.values() if part.reltype.endswith("/styles")]
    if not found or found[0].is_external:
        return {}
    root = parse_xml(found[0].target_part.blob)
    styles = {style.get(qn("w:styleId")) or "": style for style in root.iterchildren(qn("w:style"))}
    resolved = {name: _resolved(style, styles) for name, style in styles.items()}
    return {name: properties for name, properties in resolved.items() if properties}


def _resolved(style: Any, styles: Mapping[str, Any]) -> Properties:
    """Return what a style says, or else those that it rests on."""
    found: dict[str, Any] = {}
    for _ in range(MOST_BASES):
        found = _said(style.find(qn("w:rPr"))) | found
        base = style.find(qn("w:basedOn"))
        style = styles.get(base.get(qn("w:val")) or "") if base is not None else None
        if style is None:
            break
    return found


def _said(properties: Any) -> dict[str, Any]:
    if properties is None:
        return {}
    found = {tag: properties.find(qn(tag)) for tag in LOOKED_AT}
    return {tag: one for tag, one in found.items() if one is not None}


def is_unseen(run: Any, styles: Mapping[str, Properties]) -> bool:
    """Whether a run is hidden, or too small or too narrow for anybody to read."""
    own = run.find(qn("w:rPr"))
    said = _said(own)
    if styles:
        for element, path in ((own, "w:rStyle"), (next(run.iterancestors(qn("w:p")), None), "")):
            if element is not None:
                found = element.find(qn(path) if path else f"{qn('w:pPr')}/{qn('w:pStyle')}")
                name = found.get(qn("w:val")) if found is not None else ""
                said = {**styles.get(name or "", {}), **said}
    if not said:
        return False
    rightwards = own is not None and is_on(own.find(qn("w:rtl")))
    return (
        is_on(said.get("w:vanish"))
        or _number(said.get("w:szCs" if rightwards else "w:sz"), SMALLEST) < SMALLEST
        or _number(said.get("w:w"), NARROWEST) < NARROWEST
    )


def is_on(switch: Any) -> bool:
    """Whether a property that is on or off is there and on."""
    return switch is not None and switch.get(qn("w:val")) not in {"0", "false", "off"}


def _number(element: Any, otherwise: float) -> float:
    try:
        return float(element.get(qn("w:val")).removesuffix("%"))
    except (AttributeError, ValueError):
        return otherwise
