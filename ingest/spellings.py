"""Names that must not be told, found however they are spelt: case, accents, apostrophes, spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ingest.passages import Span, folded, normalise

# A soft hyphen may stand for a real one; half rings are apostrophes; a tatweel is only a stroke.
_ALIKE = str.maketrans(
    {"\u00ad": "-", "\u02be": "'", "\u02bf": "'", "\u02bb": "'", "\u02b9": "'", "\u0640": None}
)
# Scripts that write no space between words: Thai to Khmer, Korean particles, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile("[\u0620-\u064a]")
# "And", "so", "by", "like", "for" are written as one with the word that follows.
_ARABIC_PREFIX = "[\u0648\u0641\u0628\u0643\u0644]{0,2}"
_LINE_END = "(?:- ?)?"  # a word may be broken between any two letters


def places(text: str, name: str) -> Iterator[Span]:
    """Yield where a name stands in a text, in whatever spelling."""
    pattern = _pattern(_bare(name).casefold())
    if pattern:
        plain = folded(text, _plain)
        for hit in pattern.finditer(plain.plain):
            yield plain.span(*hit.span())


def says_name(said: str, name: str, *, whole: bool = False) -> bool:
    """Tell whether a name is said: all its words in a row, or one alone of three letters or more.

    With `whole` only all words in a row count. One letter alone is an initial and no name; of two
    letters alone, the first must be a capital, or it is any "so" and "an".
    """
    bare = _bare(name)
    words = re.findall(r"[^\W_]+", bare)
    told = _bare(said)
    if len(words) == 1 and len(words[0]) < 3 and words[0].upper() != words[0].lower():
        word = words[0]
        named = rf"(?<![^\W_]){word[0].upper()}(?i:{word[1:]})(?![^\W_])"
        return len(word) == 2 and bool(re.search(named, told))
    alone = [] if whole else [word for word in words if len(word) > 2]
    patterns = (_pattern(text.casefold()) for text in [bare, *alone])
    told = told.casefold()
    return any(pattern.search(told) for pattern in patterns if pattern)


def _plain(text: str) -> str:
    return _bare(text).casefold()


def _bare(text: str) -> str:
    """Return a text without accents, vowel signs, tatweels and invisible characters."""
    decomposed = unicodedata.normalize("NFKD", normalise(text.translate(_ALIKE)))
    if decomposed.isascii():
        return decomposed
    return "".join(
        c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )


@lru_cache(maxsize=1000)
def _pattern(bare: str) -> re.Pattern[str] | None:
    """Return what finds a name in a folded text, or None when it has no letters."""
    pieces = [p for p in re.split(r"([\W_]+)", bare.strip()) if p]
    while pieces and not re.search(r"[^\W_]", pieces[-1]):
        pieces.pop()
    while pieces and not re.search(r"[^\W_]", pieces[0]):
        pieces.pop(0)
    if not pieces:
        return None
    told = "".join(
        _LINE_END.join(map(re.escape, piece))
        if re.match(r"[^\W_]", piece)
        # Where a mark joins ("O'Neil", "J.R."), it may be left out; a space may not.
        else r"[\W_]{1,4}"
        if piece.isspace()
        else r"[\W_]{0,4}"
        for piece in pieces
    )
    before = "" if _UNSPACED.match(pieces[0]) else r"(?<![^\W_])"
    if _ARABIC.match(pieces[0]):
        before += _ARABIC_PREFIX
    after = "" if _UNSPACED.match(pieces[-1][-1]) else r"(?![^\W_])"
    return re.compile(before + told + after)
