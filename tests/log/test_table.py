"""Tables of other tools and clubs."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline.errors import SettingsError
from plumbline.log import AthleteEntry, TrainingLog, import_table


@pytest.fixture
def log(tmp_path: Path) -> TrainingLog:
    return TrainingLog(f"sqlite:///{tmp_path / 'log.sqlite'}")


def table(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_jumps_of_two_days_become_two_sessions_and_are_not_doubled(log: TrainingLog, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Name,Date,Contact time (ms),Flight time (ms),RSI\n"
        "Åse Berg,2026-03-02,200,480,2.4\nÅse Berg,2026-03-02,220,500,2.3\nÅSE BERG,2026-03-09,190,510,2.7\n",
    )
    for _ in range(2):
        assert import_table(log, path, "pogo") == (1, 2)
        first, second = sorted(log.sessions(log.athlete("Åse Berg")), key=lambda s: s.day)
        (jumps,) = first.sets
        assert (jumps.reps, jumps.contacts) == (2, 2)
        # 200 and 220 ms: 210; they differ by 14.1 over the root of 2 = 10 ms, as sure as one reading.
        contact = jumps.metrics["contact_time_s"]
        assert (contact.mean, contact.sd, contact.n) == pytest.approx((0.210, 0.010, 2))
        assert second.sets[0].metrics["flight_time_s"].mean == pytest.approx(0.510)
        assert "rsi_ratio" not in jumps.metrics


def test_semicolons_decimal_commas_and_units_that_are_not_said(log: TrainingLog, tmp_path: Path) -> None:
    path = table(tmp_path, "Jumper;Day;Leg;Height;TC\nA;31.03.2026;left;31,5;0,21\nA;31.03.2026;right;28;0,24\n")
    import_table(log, path, "single_leg_hop")
    (session,) = log.sessions(log.athlete("A"))
    by_side = {s.side: s.metrics for s in session.sets}
    assert by_side["left"]["jump_height_m"].mean == pytest.approx(0.315)
    assert by_side["right"]["contact_time_s"].mean == pytest.approx(0.24)


def test_a_roster_adds_and_completes(log: TrainingLog, tmp_path: Path) -> None:
    log.save_athlete(AthleteEntry(name="B", level="advanced", notes="keeps this"))
    import_table(log, table(tmp_path, "name,height_cm,Mass (kg),level\nA,178,66,beginner\nB,182,,\n"))
    a, b = log.athlete("A"), log.athlete("B")
    assert (a.height_m, a.mass_kg, a.level) == (1.78, 66, "beginner")
    assert b.notes == "keeps this"
    assert b.level == "advanced"


@pytest.mark.parametrize(
    ("text", "drill", "told"),
    [
        ("a,b\n1,2\n", "pogo", "no column of names"),
        ("name,date,contact\nA,2026-03-02,200\n", None, "of which drill"),
        ("name,date,notes\nA,2026-03-02,fine\n", "pogo", "no column of contact time"),
        ("name,date,contact\nA,03/04/2026,200\n", "pogo", "row 2: '03/04/2026' is no day"),
        ("name,date,contact,leg\nA,2026-03-02,200,third\n", "pogo", "is no side"),
        ("name,height_m\nA,17\n", None, "row 2"),
        ("name\n", None, "has 0 rows"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_kept(
    log: TrainingLog, tmp_path: Path, text: str, drill: str | None, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        import_table(log, table(tmp_path, text), drill)
    assert log.athletes() == []
