"""Lists whose items end in brackets that name who recommends: "… (Norway, Chile);"."""

from __future__ import annotations

import re

from ingest.rules.vocabulary import ASK, ORDERS

# Possessive, since what was read up to here is never read another way: a long text costs once.
BRACKET = re.compile(r"\(((?:[^()]++|\([^()]*+\))*+)\)")
NAME = r"(?:the |The )?[A-Z][\w’'.-]*(?:\s+(?:of|and|the|[A-Z(][\w’'.)-]*))*"
CLOSING = re.compile(BRACKET.pattern + r"\s*[.;,]?\s*$")
NEAR = 200  # characters: enough to see whether an order or a verb of asking begins there


# After a bracket of names another ask may follow: past a slash or semicolon, or as an order.
NEXT_ASK = re.compile(
    r"\s*(?:(?P<sure>[/;])|,)?\s*(?:and|or|as well as)?\s*(?:further|also)?\s*(?=\w{3,}\s+\w)"
)


def begins_an_ask(text: str) -> bool:
    """Whether a text goes on with an order ("ratify …", "to ratify …") or a verb of asking."""
    words = re.findall(r"[A-Za-z-]+", text[:60])[:2]
    if words and words[0].lower() == "to":
        words.pop(0)
    return bool(words) and (words[0].lower() in ORDERS or bool(ASK.match(text)))


def names_in(bracket: str) -> list[str]:
    """Return the names a bracket lists, or nothing when it holds something else."""
    inner = " ".join(bracket.split())
    parts = [p for p in re.split(r"\s*[,;]\s*(?:and\s+)?", inner) if p]
    names: list[str] = []
    for part in parts:
        names += _halves(part)
    names = [re.sub(r"^(?:the|The)\s+", "", n) for n in names]
    # Acronyms and numbers in brackets explain a word; states are written out.
    if not names or not all(re.fullmatch(NAME, n) and len(n.split()) < 9 for n in names):
        return []
    return [] if any(re.fullmatch(r"[A-Z0-9.-]{2,}", n) for n in names) else names


def _halves(part: str) -> list[str]:
    """Cut "Mexico and Brazil" but not "Bosnia and Herzegovina"."""
    if re.search(
        r"Herzegovina|Northern Ireland|Tobago|Grenadines|Barbuda|Principe|Nevis|Futuna", part
    ):
        return re.split(
            r"\s+and\s+(?=(?:the\s+)?(?:Bosnia|United|Trinidad|Antigua|Saint|Sao|São))", part
        )
    return re.split(r"\s+and\s+", part)


class Bracketed:
    """The names that closing brackets hold; an inner bracket counts when it holds known ones."""

    def __init__(self, view: str, stretches: list[tuple[int, int]]) -> None:
        """Learn the names from the closing brackets of these stretches."""
        self.view = view
        self.known: set[str] = set()
        self.count = 0
        for start, end in stretches:
            closing = CLOSING.search(view, start, end)
            names = names_in(closing[1]) if closing else []
            self.count += bool(names)
            while closing and names:  # "(Chile) (Norway)": a bracket each
                self.known.update(names)
                closing = CLOSING.search(view, max(start, closing.start() - NEAR), closing.start())
                names = names_in(closing[1]) if closing else []

    def pieces(self, start: int, end: int) -> list[tuple[int, int, list[str]]]:
        """Cut an item at slashes after brackets; return bounds and names of each piece."""
        found: list[tuple[int, int, list[str]]] = []
        if not self.known:
            return [(start, end, [])]
        begin, names, last, run = start, list[str](), None, start
        for bracket in BRACKET.finditer(self.view, start, end):
            here = names_in(bracket[1])
            if not here or not (set(here) & self.known):
                continue
            names += [n for n in here if n not in names]
            if last is None or re.search(r"\w", self.view[last.end() : bracket.start()]):
                run = bracket.start()
            last = bracket
            cut = NEXT_ASK.match(self.view, bracket.end(), end)
            enough = len(self.view[begin : bracket.start()].split()) >= 3
            if cut and enough and (cut["sure"] or begins_an_ask(self._near(cut.end(), end))):
                found.append((begin, run, names))
                begin, names, last = cut.end(), [], None
        stop = end
        if last is not None and not re.search(r"\w", self.view[last.end() : end]):
            stop = run
        if re.search(r"\w", self.view[begin:stop]):
            found.append((begin, stop, names))
        return found

    def _near(self, start: int, end: int) -> str:
        return self.view[start : min(end, start + NEAR)]
