from __future__ import annotations

import pytest

from plumbline.app._gate import Gate
from plumbline.errors import PlumblineError

ROOM = 100 << 30


def test_a_visitor_may_give_so_many_films_an_hour() -> None:
    now = 0.0
    gate = Gate(per_hour=3, clock=lambda: now)
    for _ in range(3):
        gate.admit("one", 1000, 0, ROOM)
        now += 600
    with pytest.raises(PlumblineError, match="try again in 30 min"):
        gate.admit("one", 1000, 0, ROOM)
    gate.admit("another", 1000, 0, ROOM)
    now += 1801
    gate.admit("one", 1000, 0, ROOM)
    with pytest.raises(PlumblineError, match="at most 3 films an hour"):
        gate.admit("one", 1000, 0, ROOM)


def test_who_was_not_here_for_an_hour_is_forgotten() -> None:
    now = 0.0
    gate = Gate(clock=lambda: now)
    for k in range(50):
        gate.admit(f"visitor {k}", 1, 0, ROOM)
        now += 200
    assert len(gate._seen) <= 20


def test_a_queue_that_is_full_takes_nothing() -> None:
    gate = Gate(most_waiting=2)
    gate.admit("one", 1, 1, ROOM)
    with pytest.raises(PlumblineError, match="2 films are waiting"):
        gate.admit("one", 1, 2, ROOM)


def test_the_disk_keeps_some_room() -> None:
    gate = Gate(spare_bytes=1000)
    gate.admit("one", 500, 0, 1600)
    with pytest.raises(PlumblineError, match="nearly full"):
        gate.admit("one", 700, 0, 1600)
