"""A selection as a flow: from who asks, to who is asked, to what came of it."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from explorer.charts import COLOURS, kept, sankey, summed
from explorer.choosing.asking import Chosen
from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.picture import INK
from explorer.screen import put
from explorer.voices import buckets
from explorer.words import marked_word

MOST = 9
"""Names in a column; the rest is put together."""


def show(found: Chosen) -> None:
    """Show the view."""
    issuers = Counter(one for item in found.items for one in item.first.issuers)
    addressees = Counter(one for item in found.items for one in item.first.addressees)
    if not addressees:
        put(
            element(
                "p", say("None of these names who was asked. Choose others."), class_="rg-empty"
            )
        )
        return
    first, second = kept(issuers, MOST), kept(addressees, MOST)
    names = found.session.names

    def asks(iri: str) -> str:
        name = names.of(iri) if iri in first else say("{count:,} others", count=len(issuers) - MOST)
        return say("by {name}", name=name)

    def asked(iri: str) -> str:
        rest = len(addressees) - MOST
        return say("to {name}", name=names.of(iri) if iri in second else
                   say("{count:,} others", count=rest))  # fmt: skip

    flows = summed(
        pair
        for item in found.items
        for to in item.first.addressees
        for pair in [
            *((asks(by), asked(to)) for by in item.first.issuers),
            (asked(to), marked_word(item.bucket)),
        ]
    )
    order = [marked_word(name) for name in buckets(found.axis)]
    asking = {asks(iri) for iri in issuers}
    depths = {source: 0 if source in asking else 1 for source, _ in flows}
    depths |= {name: 2 for name in order if any(target == name for _, target in flows)}
    colours = {marked_word(name): colour for name, colour in COLOURS.items()}
    height = max(360, 44 * max(Counter(depths.values()).values()))
    ink = INK[st.context.theme.type or "light"]
    st.echarts_chart(
        sankey(flows, depths, colours, ink), height=height, key="flow chart",
        alt=say("Who asks, who is asked, and what came of it; the table below says the same in "
                "words"),
    )  # fmt: skip
    note = say(
        "The wider, the more. Left who asks, in the middle who is asked, right the status. A "
        "recommendation by several, or to several, counts for each pair."
    )
    put(element("p", note, class_="rg-small"))
    st.subheader(plain(say("The same as a table")))
    ordered = sorted(flows.items(), key=lambda flow: (depths[flow[0][0]], -flow[1], flow[0]))
    st.dataframe(
        [{say("From"): source, say("To"): target, say("Recommendations"): count}
         for (source, target), count in ordered],
        hide_index=True, alt=say("Each flow with its number"),
        height=min(35 * len(flows) + 38, 420),
    )  # fmt: skip
