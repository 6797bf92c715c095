"""What a file's packets say of their times."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from plumbline.decoding._look import _Packets

TICK_S = 0.01


def read(*packets: tuple[int | None, int | None], cut_off: int = 0) -> _Packets:
    """Packets of (dts, pts) in ticks, the first of them cut off by an edit."""
    found = _Packets(TICK_S)
    for k, (dts, pts) in enumerate(packets):
        one: Any = SimpleNamespace(size=1, dts=dts, pts=pts, is_discard=k < cut_off)
        found.take(one)
    return found


def test_packets_without_a_time_of_their_own_are_counted() -> None:
    even = read((0, 0), (2, 2), (4, 4))
    assert (even.count, even.untimed, even.times.tolist()) == (3, 0, pytest.approx([0.0, 0.02, 0.04]))
    assert read((0, 0), (2, 2), (2, 2), (2, 2)).untimed == 2  # as a remuxer writes a clock that went back
    assert read((None, None), (None, None), (4, 4), (6, 6)).untimed == 2
    assert read((0, None), (2, None)).untimed == 0  # AVI has only the order of decoding


def test_one_packet_whose_time_leaps_ahead_is_passed_over() -> None:
    leap = read((0, 0), (2, 2), (900, 900), (6, 6), (8, 8))
    assert (leap.times.tolist(), leap.untimed, leap.behind) == (pytest.approx([0, 0.02, 0.06, 0.08]), 1, 0)
    joined = read((0, 0), (200, 200), (202, 202), (0, 0), (2, 2))
    assert (joined.times.tolist(), joined.behind) == (pytest.approx([0, 2.0, 2.02]), 2)


def test_what_an_edit_cut_off_is_not_missing() -> None:
    assert read((0, 0), (2, 2), (4, 4), cut_off=2).untimed == 0
