"""The door to typst, which sets PDF and PNG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from ontology.errors import ReformError


def text_of(text: str) -> str:
    """Return a text as a literal of typst's language, in which nothing is read as markup."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def pdf_of(source: str, made_on: dt.date) -> bytes:
    """Return the PDF of a text in typst's language, tagged for screen readers.

    Raises ReformError where typst cannot set the text.
    """
    made = dt.datetime.combine(made_on, dt.time(), dt.UTC)
    with _complaints_in_a_line():
        import typst

        return typst.compile(
            source.encode(), format="pdf", timestamp=int(made.timestamp()), pdf_standards=["ua-1"]
        )


def png_of_svg(svg: bytes) -> bytes:
    """Return an SVG as PNG, at twice its size for print and projector.

    Raises ReformError where typst cannot draw it.
    """
    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes({text_of(svg.decode())}), format: "svg")\n'
    )
    with _complaints_in_a_line():
        import typst

        return typst.compile(source.encode(), format="png", ppi=144.0)


@contextmanager
def _complaints_in_a_line() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # typst's own errors derive from it
        raise ReformError(
            f"PDF and PNG: cannot be set ({str(error).splitlines()[0]}). Choose docx or svg."
        ) from error
