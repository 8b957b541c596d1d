"""A selection as a flow: from who asks, to who is asked, to what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import streamlit as st

from explorer.charts import COLOURS, Flow, kept, sankey, summed
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import was_in_words
from explorer.languages.saying import say
from explorer.markup import element, plain
from explorer.picture import INK
from explorer.screen import put
from explorer.voices import Item, buckets
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
                "p",
                say("None of these recommendations names who was asked. Choose others."),
                class_="rg-empty",
            )
        )
        return
    ends = _Ends(found, issuers, addressees)
    flows = ends.flows_of(found.items)
    then = ends.flows_of(found.before.items) if found.before else {}
    order = [marked_word(name) for name in buckets(found.axis)]
    depths = {source: 0 if source in ends.asking else 1 for source, _ in flows}
    depths |= {name: 2 for name in order if any(target == name for _, target in flows)}
    colours = {marked_word(name): colour for name, colour in COLOURS.items()}
    height = max(360, 44 * max(Counter(depths.values()).values()))
    ink = INK[st.context.theme.type or "light"]
    st.echarts_chart(
        sankey(flows, depths, colours, ink, _marks(found, flows, then)),
        height=height, key="flow chart",
        alt=say("Who asks, who is asked, and what came of it; the table below says the same in "
                "words"),
    )  # fmt: skip
    note = say(
        "The wider, the more. Left who asks, in the middle who is asked, right the status. A "
        "recommendation by several, or to several, counts for each pair."
    )
    put(element("p", note, class_="rg-small"))
    st.header(plain(say("The same as a table")))
    whole = {**dict.fromkeys(then, 0), **flows}
    ordered = sorted(
        whole.items(), key=lambda flow: (flow[0][0] not in ends.asking, -flow[1], flow[0])
    )
    st.dataframe(
        [{say("From"): source, say("To"): target, say("Recommendations"): count,
          **({say("Before"): then.get((source, target), 0)} if found.before else {})}
         for (source, target), count in ordered],
        hide_index=True, alt=say("Each flow with its number"),
        height=min(35 * len(whole) + 38, 420),
    )  # fmt: skip


def _marks(found: Chosen, flows: Mapping[Flow, int], then: Mapping[Flow, int]) -> dict[Flow, str]:
    """Return what stands on each flow that is not as it was."""
    told = {flow: was_in_words(found, count, then.get(flow, 0)) for flow, count in flows.items()}
    return {flow: words for flow, words in told.items() if words}


class _Ends:
    """What to call who asks and who is asked; those with few are put together."""

    def __init__(self, found: Chosen, issuers: Counter[str], addressees: Counter[str]) -> None:
        self._names = found.before.names if found.before else found.session.names
        self._issuers, self._addressees = issuers, addressees
        self._first, self._second = kept(issuers, MOST), kept(addressees, MOST)
        self.asking: set[str] = set()

    def flows_of(self, items: Iterable[Item]) -> dict[Flow, int]:
        """Count from who asks to who is asked, and from there to what came of it."""
        flows = summed(
            pair
            for item in items
            for to in item.first.addressees
            for pair in [
                *((self._asks(by), self._asked(to)) for by in item.first.issuers),
                (self._asked(to), marked_word(item.bucket)),
            ]
        )
        self.asking |= {self._asks(by) for item in items for by in item.first.issuers}
        return flows

    def _asks(self, iri: str) -> str:
        return say("by {name}", name=self._called(iri, self._first, self._issuers))

    def _asked(self, iri: str) -> str:
        return say("to {name}", name=self._called(iri, self._second, self._addressees))

    def _called(self, iri: str, shown: set[str], there: Counter[str]) -> str:
        # One that only an earlier state has stands in the table by its name.
        if iri in shown or iri not in there:
            return self._names.unique(iri)
        return say("{count:,} others", count=len(there) - MOST)
