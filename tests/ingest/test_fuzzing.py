"""Fuzzing, three seconds a reader: whatever the bytes, they are read or refused in a line.

`python -m benchmarks.fuzzing` does it for longer.
"""

import sys
from pathlib import Path

import pytest

# Last, so that the rooms are those installed: pytest, run bare, does not find the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from benchmarks.readers import fuzz, targets

SECONDS = 3.0
SEED = 20261123


@pytest.mark.filterwarnings("ignore")  # of libraries, of odd values
@pytest.mark.parametrize("reader", targets())
def test_whatever_the_bytes_they_are_read_or_refused_in_a_line(reader: str) -> None:
    outcome = fuzz(targets()[reader], SECONDS, SEED)
    assert outcome.failures == {}, f"seed {SEED}"
    assert outcome.inputs > 20
    assert outcome.refused > 0


def test_a_reader_that_fails_is_found() -> None:
    target = targets()["csv"]

    def careless(data: bytes) -> object:
        return data.decode("utf-8")

    target = type(target)(target.examples, careless, target.words)
    assert any("UnicodeDecodeError" in kind for kind in fuzz(target, 0.5, SEED).failures)
