"""Colours as written in HTML and DOCX, and whether words in one can be seen on another."""

from __future__ import annotations

import re

WHITE = "#ffffff"
BLACK = "#000000"
NAMES = {
    "white": WHITE, "black": BLACK, "canvas": WHITE, "snow": "#fffafa", "ivory": "#fffff0",
    "ghostwhite": "#f8f8ff", "whitesmoke": "#f5f5f5", "floralwhite": "#fffaf0",
    "mintcream": "#f5fffa", "azure": "#f0ffff", "aliceblue": "#f0f8ff", "navy": "#000080",
}  # fmt: skip
"""Those that nobody sees on white or on black; others are only alike to themselves."""
CLEAR = 0.02
"""Of a colour's opacity: nobody sees less."""
ALIKE = 16  # of 255: a smaller difference in red, green and blue is not seen


def normal(written: str) -> str:
    """Return a colour as "#rrggbb" where its notation is known here, else as it is written.

    A colour that one sees through is "transparent".
    """
    written = written.strip().lower()
    written = NAMES.get(written, written)
    numbers = [float(n) for n in re.findall(r"\d*\.?\d+", written)]
    if re.fullmatch(r"#[0-9a-f]{3,4}", written):
        written = "#" + "".join(2 * digit for digit in written[1:])
    elif re.match(r"rgba?\([^%]*\)$", written) and len(numbers) in {3, 4}:
        red, green, blue = (min(255, round(n)) for n in numbers[:3])
        clear = len(numbers) == 4 and numbers[3] < CLEAR
        return "transparent" if clear else f"#{red:02x}{green:02x}{blue:02x}"
    elif re.match(r"(?:rgb|hsl)a?\([^()]*\)$", written) and len(numbers) in {3, 4}:
        if len(numbers) == 4 and numbers[3] < CLEAR:
            return "transparent"
        parts = numbers[2:3] if written.startswith("hsl") else numbers[:3]
        if min(parts) >= 98:  # percent
            return WHITE
        return BLACK if max(parts) <= 2 else written
    if re.fullmatch(r"#[0-9a-f]{8}", written):
        return "transparent" if written.endswith("00") else written[:7]
    return written


def alike(colour: str, ground: str) -> bool:
    """Whether nobody sees words of a colour on a ground, both as `normal` returns them."""
    if colour == "transparent" or colour == ground:
        return True
    if not all(re.fullmatch(r"#[0-9a-f]{6}", one) for one in (colour, ground)):
        return False
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return all(abs(one - other) < ALIKE for one, other in pairs)
