"""Nothing is lost: kills, failing calls, full disks, damaged bytes and races, in small numbers.

`python -m benchmarks.proofs` runs the same with larger ones.
"""

import sys
from pathlib import Path

import pytest

# Last, so that the rooms are those installed: pytest, run bare, does not find the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent))

from benchmarks import cases, durability


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose first decisions are in the oldest format."""
    return cases.prepare(tmp_path_factory.mktemp("durability"))


def held(proof: cases.Proof, least: int) -> None:
    assert proof.failures == []
    assert proof.cases >= least


def test_what_was_said_to_be_saved_outlives_fifty_kills(home: Path) -> None:
    held(durability.kills(home, 50), 50)


def test_each_call_that_fails_while_deciding_or_backing_up_leaves_the_old_state_or_the_new(
    home: Path,
) -> None:
    held(durability.failing_calls(home, (*cases.DECIDING, cases.SAVING)), 50)


def test_each_call_that_fails_at_the_first_decision_leaves_none_or_one(home: Path) -> None:
    empty = cases.prepare_empty(home.parents[1])
    held(durability.failing_calls(empty, cases.DECIDING[1:2]), 10)


def test_a_full_disk_is_told_and_changes_nothing(home: Path) -> None:
    held(durability.full_disks(home, 12), 12)


def test_two_hundred_flipped_bits_give_no_other_decisions_in_silence(home: Path) -> None:
    held(durability.bit_flips(home, 200), 200)


def test_a_journal_cut_in_its_last_record_holds_all_earlier_ones(home: Path) -> None:
    held(durability.cuts(home), 100)


def test_of_two_reviewers_who_decide_one_candidate_at_once_one_does(home: Path) -> None:
    held(durability.races(home, 20), 20)


def test_of_two_reviewers_who_take_in_one_document_at_once_one_does(home: Path) -> None:
    held(durability.races_for_a_document(home, 20), 20)


def test_a_damaged_backup_is_refused_and_nothing_is_written(home: Path) -> None:
    held(durability.damaged_backups(home, 100), 100)


def test_each_call_that_fails_while_restoring_leaves_all_or_nothing(home: Path) -> None:
    held(durability.failing_restores(home), 20)


def test_a_proof_that_finds_nothing_wrong_would_see_a_decision_that_is_lost(home: Path) -> None:
    proof = cases.Proof("nothing is lost")
    with cases.copied(home) as settings:
        cases.take_in(settings, home, 1)
        for path in (settings.home / "originals").iterdir():
            path.unlink()
        durability.expect_whole(proof, settings, "here")
    assert "is missing. Restore it from a copy." in proof.failures[0]
