"""Charts as plain data for ECharts: bars over years, and the flow from who asks to what came of it.

Colours pass 3:1 on the grounds of day and night, patterns and words tell apart what they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

COLOURS: Final[dict[str, str]] = {
    "adopted": "#2a9d68", "accepted": "#2a9d68", "inPractice": "#2a9d68",
    "partiallyAdopted": "#2b93a5", "acceptedInPart": "#2b93a5", "partlyInPractice": "#2b93a5",
    "underConsideration": "#a98600", "acknowledged": "#a98600", "claimedInPractice": "#a98600",
    "notAdopted": "#d2691e", "rejected": "#d2691e", "notInPractice": "#d2691e",
    "notAddressed": "#b57a1c", "contraryMeasure": "#d6476c", "overtaken": "#8d74cc",
    "noInformation": "#8a867f", "noResponseRecorded": "#8a867f", "unassessed": "#8f8b84",
    "contested": "#b355c2",
}  # fmt: skip
"""The colour of each status; the same tones as in style.css, between those of day and night."""
ACCENT: Final = "#4a86cf"
GREY: Final = "#7a7a7a"

Flow = tuple[str, str]
"""From one name of a chart to another."""


def bars(
    years: Sequence[str], rows: Mapping[str, Sequence[int]], colours: Mapping[str, str],
    apart: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return bars over years, one stack for all rows but the first, which stands beside it.

    `rows` are the numbers for each year by the words of the legend, as are `colours`; the row
    `apart` counts some of the others again and stands beside them, too.
    """
    series = [
        {
            "name": name, "type": "bar", "data": list(numbers), "barMaxWidth": 38,
            "stack": "beside" if i == 0 else "apart" if name == apart else "statements",
            "itemStyle": {"color": colours.get(name, ACCENT)},
        }
        for i, (name, numbers) in enumerate(rows.items())
    ]  # fmt: skip
    return {
        **_common(),
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"type": "scroll", "top": 0},
        "grid": {"left": 8, "right": 8, "bottom": 8, "top": 48, "containLabel": True},
        "xAxis": {"type": "category", "data": list(years)},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": series,
    }


def sankey(
    flows: Mapping[Flow, int], depths: Mapping[str, int], colours: Mapping[str, str], ink: str,
    marks: Mapping[Flow, str],
) -> Any:  # fmt: skip
    """Return flows between names, each name in its column of `depths`, counted from the left.

    Names stand upon the flows, in `ink`, and so do the `marks` of some.
    """
    last = max(depths.values())
    nodes: list[dict[str, Any]] = [
        {
            "name": name,
            "depth": depth,
            "itemStyle": {"color": colours.get(name, ACCENT)},
            "label": {"position": "left" if depth == last else "right"},
        }
        for name, depth in depths.items()
    ]
    # In the middle a name has least room, since those at the right stand beside it.
    narrow = [
        {**node, "label": {**node["label"], "width": 84 if node["depth"] in (0, last) else 68}}
        for node in nodes
    ]
    links = [
        {"source": source, "target": target, "value": count, **_marked(marks.get((source, target)))}
        for (source, target), count in flows.items()
    ]
    return {
        **_common(),
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey", "data": nodes, "links": links, "draggable": False,
                "left": 4, "right": 4, "top": 10, "bottom": 10, "nodeGap": 14, "nodeWidth": 14,
                "lineStyle": {"color": "gradient", "opacity": 0.3, "curveness": 0.5},
                "emphasis": {"focus": "adjacency"}, "layoutIterations": 24,
                "labelLayout": {"hideOverlap": True},  # where the screen is narrow
                "label": {"width": 300, "overflow": "truncate", "fontSize": 13, "color": ink},
                "edgeLabel": {"fontSize": 12, "color": ink},
            }
        ],
        # On a narrow screen names stand in short lines, so that no column covers the next.
        "media": [
            {
                "query": {"maxWidth": 600},
                "option": {
                    "series": [
                        {"data": narrow, "top": 22, "bottom": 22,
                         "label": {"overflow": "break", "fontSize": 10, "lineHeight": 11}}
                    ]
                },
            }
        ],
    }  # fmt: skip


def _marked(mark: str | None) -> dict[str, Any]:
    # In a formatter braces would name what else stands in the chart; ours holds numbers and words.
    return {"edgeLabel": {"show": True, "formatter": mark}} if mark else {}


def _common() -> dict[str, Any]:
    return {"animation": False, "aria": {"enabled": True, "decal": {"show": True}}}


def kept(counts: Mapping[str, int], most: int) -> set[str]:
    """Return the names with the highest counts, at most so many."""
    return set(sorted(counts, key=lambda name: (-counts[name], name))[:most])


def summed(pairs: Iterable[Flow]) -> dict[Flow, int]:
    """Count flows."""
    found: dict[Flow, int] = {}
    for pair in pairs:
        found[pair] = found.get(pair, 0) + 1
    return found
