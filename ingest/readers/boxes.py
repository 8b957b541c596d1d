"""Boxes, matrices and numbers of a PDF's page, in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

Numbers = Sequence[float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
NOWHERE: Box = (math.inf, math.inf, -math.inf, -math.inf)
UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def numbers(given: Any, count: int) -> list[float] | None:
    """Return so many numbers, or None where they are not that."""
    try:
        given = given.get_object() if hasattr(given, "get_object") else given
        found = [float(one) for one in given[:count]]
    except (TypeError, ValueError, OverflowError, KeyError):
        return None
    return found if len(found) == count else None


def product(one: Numbers, other: Numbers) -> Numbers:
    """Return the matrix that does the one, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def sizes(matrix: Numbers) -> tuple[float, float]:
    """Return how high and how wide a square of one point becomes."""
    return math.hypot(matrix[2], matrix[3]), math.hypot(matrix[0], matrix[1])


def scale(matrix: Numbers) -> float:
    """Return how long a line of one point becomes, at most."""
    return max(sizes(matrix))


def around(points: Numbers) -> Box:
    """Return the box around points, given as x, y, x, y."""
    return min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])


def moved(box: Box, matrix: Numbers) -> Box:
    """Return a box around a box that a matrix moved; nothing stays nothing."""
    if box[0] > box[2]:
        return NOWHERE
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in box[::2] for y in box[1::2]]
    return around([n for x, y in corners for n in (a * x + c * y + e, b * x + d * y + f)])


def union(a: Box, b: Box) -> Box:
    """Return the box around two boxes."""
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def common(a: Box, b: Box) -> Box:
    """Return what two boxes have in common; without anything its sides are the wrong way round."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def grown(box: Box, by: float) -> Box:
    """Return a box that is so many points larger on each side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes have a point in common."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def area(box: Box) -> float:
    """Return the square points of a box, 0 for nothing."""
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0)
