"""What a rule finds, and what it may know of the document around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["ask", "reported ask", "mandate"]


@dataclass
class Found:
    """An ask: its bounds, the rule and words that showed it, who is asked and who asks."""

    start: int
    end: int
    rule: str
    trigger: str
    score: float
    addressees: list[str] = field(default_factory=list)
    proposers: list[str] = field(default_factory=list)
    kind: Kind = "ask"
    response: str = ""
    provision: str = ""
    own_task: bool = False  # "to do …" is what the verb itself asks


@dataclass
class Surroundings:
    """What the document tells a sentence: whose voice it is, whom it addresses, what it is."""

    authors: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    reader: list[str] = field(default_factory=list)
    is_letter: bool = False
    is_statute: bool = False
    is_enacted: bool = False
    last_actor: list[str] = field(default_factory=list)
    last_bound: list[str] = field(default_factory=list)
    previous: str = ""
    voice: str = "we"
    recommends: bool = False
    under_recommendations: bool = False  # what is read stands in a list of recommendations
