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
LOOKED_AT = ("w:vanish", "w:sz", "w:szCs", "w:w", "w:shd")
LOWEST = 20
"""Twentieths of a point: a line or a row that is fixed to less shows nothing."""
FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MOST_BASES = 20
"""How many styles one may rest on, one upon the other; they may go round."""

Properties = Mapping[str, Any]
"""Properties of a run, by their tags."""


def named_styles(document: Any) -> dict[str, Properties]:
    """Return what each named style of a document says of how runs are seen, if it says anything.

    That of paragraphs that name none is "".
    """
    found = [part for part in document.part.rels.values() if part.reltype.endswith("/styles")]
    if not found or found[0].is_external:
        return {}
    root = parse_xml(found[0].target_part.blob)
    styles = {style.get(qn("w:styleId")) or "": style for style in root.iterchildren(qn("w:style"))}
    resolved = {name: _resolved(style, styles) for name, style in styles.items()}
    defaults = _said(root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
    for name, style in styles.items():
        if style.get(qn("w:type")) == "paragraph":
            resolved[name] = {**defaults, **resolved[name]}
            if is_on(style, "w:default", otherwise="0"):
                resolved[""] = resolved[name]
    return {name: properties for name, properties in resolved.items() if properties}


def _resolved(style: Any, styles: Mapping[str, Any]) -> Properties:
    """Return what a style says, or else those that it rests on."""
    found: dict[str, Any] = {}
    for _ in range(MOST_BASES):
        found = _said(style.find(qn("w:rPr"))) | found
        if (ground := style.find(f"{qn('w:pPr')}/{qn('w:shd')}")) is not None:
            found.setdefault("w:shd", ground)
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
    """Whether a run is hidden, without ink, or too small or too narrow for anybody to read."""
    own, paragraph = run.find(qn("w:rPr")), _paragraph_of(run)
    line = paragraph.find(f"{qn('w:pPr')}/{qn('w:spacing')}") if paragraph is not None else None
    if _is_flat(line, "w:lineRule", "w:line") or _is_empty(own):
        return True
    said = {**_by_name(run, styles), **_said(own)}
    if not said:
        return False
    rightwards = own is not None and is_on(own.find(qn("w:rtl")))
    return (
        is_on(said.get("w:vanish"))
        or _number(said.get("w:szCs" if rightwards else "w:sz"), SMALLEST) < SMALLEST
        or _number(said.get("w:w"), NARROWEST) < NARROWEST
    )


def is_shaded(run: Any, styles: Mapping[str, Properties]) -> bool:
    """Whether a named style lays a colour under a run."""
    return "w:shd" in _by_name(run, styles)


def _by_name(run: Any, styles: Mapping[str, Properties]) -> Properties:
    """Return what the named styles of a run and of its paragraph say."""
    if not styles:
        return {}
    found: Properties = {}
    if (paragraph := _paragraph_of(run)) is not None:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        found = styles.get((named.get(qn("w:val")) if named is not None else "") or "", {})
    named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    name = named.get(qn("w:val")) if named is not None else ""
    return {**found, **styles.get(name, {})} if name else found


def _paragraph_of(run: Any) -> Any:
    return next(run.iterancestors(qn("w:p")), None)


def _is_empty(own: Any) -> bool:
    """Whether letters are drawn with neither a fill nor an outline."""
    if own is None or own.find(f"{FILL}textFill/{FILL}noFill") is None:
        return False
    outline = own.find(f"{FILL}textOutline")
    return outline is None or outline.find(f"{FILL}noFill") is not None


def is_row_unseen(row: Any) -> bool:
    """Whether a row of a table is hidden, or too low for anybody to read."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return False
    height = properties.find(qn("w:trHeight"))
    return is_on(properties.find(qn("w:hidden"))) or _is_flat(height, "w:hRule", "w:val")


def is_on(switch: Any, name: str = "w:val", otherwise: str = "1") -> bool:
    """Whether a property that is on or off is there and on."""
    return switch is not None and switch.get(qn(name), otherwise) not in {"0", "false", "off"}


def _is_flat(measured: Any, rule: str, measure: str) -> bool:
    """Whether a height is fixed, and to next to nothing."""
    if measured is None or measured.get(qn(rule)) != "exact":
        return False
    try:
        return abs(float(measured.get(qn(measure)))) < LOWEST
    except (TypeError, ValueError):
        return False


def _number(element: Any, otherwise: float) -> float:
    try:
        return float(element.get(qn("w:val")).removesuffix("%"))
    except (AttributeError, ValueError):
        return otherwise
