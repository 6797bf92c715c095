"""Tables of other tools, cell by cell: headings, units, numbers, days and sections."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plumbline.errors import SettingsError
from plumbline.log import AthleteEntry, Imported, TableDefaults, TrainingLog, import_table
from plumbline.log._csv import Table, days, number, parts, read_tables, sizes
from plumbline.log._from_table import SIDES

KNOWN = {"athlete": ["athlete", "name"], "day": ["date", "day"]}
NUMBERS = {"contact_time_s": ["contact", "tc"]}


@pytest.mark.parametrize(
    ("heading", "letters", "size"),
    [
        ("Contact time (ms)", "contacttime", 1e-3),
        ("Flight [s]", "flight", 1.0),
        ("height_cm", "height", 1e-2),
        ("Jump height, m", "jumpheight", 1.0),
        ("Mass (kg)", "mass", 1.0),
        ("time sec", "time", 1.0),
        ("  TC  ", "tc", None),
        ("Items", "items", None),  # no unit: nothing parts it from the name
        ("s", "s", None),
        ("Person ID", "personid", None),
        ("", "", None),
    ],
)
def test_a_heading_s_letters_and_unit(heading: str, letters: str, size: float | None) -> None:
    assert parts(heading) == (letters, size)


@pytest.mark.parametrize(("words", "value"), [("31,5", 31.5), (" 2.0 ", 2.0), ("-3", -3.0), ("1e2", 100.0)])
def test_numbers_have_points_or_commas(words: str, value: float) -> None:
    assert number(words) == value


@pytest.mark.parametrize("words", ["", "---", "N/A", "1.2.3", "1,234,5"])
def test_what_is_no_number(words: str) -> None:
    assert math.isnan(number(words))


def table(heading: str, *cells: str) -> Table:
    made = Table([heading])
    for k, cell in enumerate(cells):
        made.add({heading: cell}, k + 2)
    return made


@pytest.mark.parametrize(
    ("heading", "cells", "metric", "size"),
    [
        ("contact (ms)", ("2",), "contact_time_s", 1e-3),  # what it says counts
        ("contact", ("0.2", "0.3"), "contact_time_s", 1.0),
        ("contact", ("20", "25"), "contact_time_s", 1e-2),
        ("contact", ("200", "x", "250"), "contact_time_s", 1e-3),
        ("height", ("31", "0", "28"), "jump_height_m", 1e-2),  # 0 is none
        ("height", ("-5", "31"), "jump_height_m", 1e-2),
        ("height", ("300",), "jump_height_m", 1e-3),
        ("height", ("0.3",), "jump_height_m", 1.0),
        ("height", ("999999",), "jump_height_m", 1.0),  # nobody jumps that in any unit
        ("height", (), "jump_height_m", 1.0),
    ],
)
def test_a_unit_that_is_not_said_is_one_in_which_bodies_can_do_it(
    heading: str, cells: tuple[str, ...], metric: str, size: float
) -> None:
    """Contacts last 0.07 to 0.6 s, jumps rise by at most 1.35 m; the middle value tells."""
    assert sizes(table(heading, *cells), heading, metric) == size


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (("2026-03-31",), date(2026, 3, 31)),
        (("2026/03/31",), date(2026, 3, 31)),
        (("31.03.2026",), date(2026, 3, 31)),
        (("2026-03-02T10:15:00",), date(2026, 3, 2)),
        (("2026-03-02_10-15-00",), date(2026, 3, 2)),
        ((" 2026-03-02 10:15 ",), date(2026, 3, 2)),
        (("03/04/2026", "31/03/2026"), date(2026, 4, 3)),  # another row has day 31 first
        (("03/04/2026", "03/31/2026"), date(2026, 3, 4)),
        (("12/13/2026",), date(2026, 12, 13)),
        (("13/12/2026",), date(2026, 12, 13)),
    ],
)
def test_days(cells: tuple[str, ...], first: date) -> None:
    assert days(table("date", *cells), "date")[0] == first


@pytest.mark.parametrize("cells", [("03/04/2026",), ("12/12/2026", "01/02/2026"), ("soon",), ("",), ("2026-02-30",)])
def test_days_that_nobody_can_tell(cells: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as raised:
        days(table("date", *cells), "date")
    assert str(raised.value) == f"row 2: '{cells[0]}' is not a date: write it as 2026-03-31."


def test_the_first_heading_that_fits_is_the_column() -> None:
    made = Table(["Contact (ms)", "TC", "contact (s)"])
    assert made.column(["contact"]) == "Contact (ms)"
    assert made.column(["tc", "contact"]) == "TC"
    assert made.column(["flight"]) is None


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "t.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_whichever_sign_parts_most(tmp_path: Path, sign: str) -> None:
    text = "\n".join(
        sign.join(row) for row in (("name", "date", "contact"), ("A", "2026-03-02", "0.2"), ("B", "x", "y"))
    )
    (found,) = read_tables(written(tmp_path, text), KNOWN, NUMBERS)
    assert found.headings == ["name", "date", "contact"]
    assert found.rows == [
        {"name": "A", "date": "2026-03-02", "contact": "0.2"},
        {"name": "B", "date": "x", "contact": "y"},
    ]
    assert found.lines == [2, 3]


def test_tables_below_each_other_and_what_is_left_out(tmp_path: Path) -> None:
    text = (
        "+ SESSION\nsomething,else\n1,2\n\nname,contact\n+ note\n- note\nA,0.2\n,,\nB,0.3\n\nname,date\nA,2026-03-02\n"
        "name,tc\n"
    )
    one, two, three = read_tables(written(tmp_path, text), KNOWN, NUMBERS)
    assert (one.headings, one.rows, one.lines) == (["something", "else"], [{"something": "1", "else": "2"}], [3])
    assert [r["name"] for r in two.rows] == ["A", "B"]
    assert two.lines == [8, 10]
    assert three.rows == [{"name": "A", "date": "2026-03-02"}]


def test_a_series_takes_the_place_of_its_line(tmp_path: Path) -> None:
    """Its jumps are numbered; sums and means of it are none, and each carries what the line above says."""
    text = (
        "name,date,contact\nA,2026-03-02,0.25\nB,2026-03-03,0.22\n,tc,tf,contact\nTotal,9,9,9\n1,5,6,0.20\n2,5,6,0.21\n"
    )
    one, two = read_tables(written(tmp_path, text), KNOWN, {"contact_time_s": ["contact", "tc"]})
    assert [r["name"] for r in one.rows] == ["A"]
    assert one.lines == [2]
    assert [(r["name"], r["date"], r["contact"]) for r in two.rows] == [
        ("B", "2026-03-03", "0.20"),
        ("B", "2026-03-03", "0.21"),
    ]
    assert two.lines == [6, 7]
    assert two.column(["name"]) == "name"


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    def said(text: str | bytes) -> str:
        path = written(tmp_path, text)
        with pytest.raises(SettingsError) as raised:
            read_tables(path, KNOWN, NUMBERS)
        return str(raised.value).replace(str(path), "t.csv")

    assert said("name,contact\n") == "t.csv has 0 rows: a heading and between 1 and 100000 are needed."
    assert said("") == "t.csv has 0 rows: a heading and between 1 and 100000 are needed."
    assert said(b"n\xe5me,contact\n") == "t.csv is not UTF-8 text: save it as *CSV UTF-8* in the spreadsheet."
    assert said('name,contact\nA,"' + 140_000 * "x" + '"\n').startswith("t.csv cannot be read as a table: field larger")


# Taken in ----------------------------------------------------------------------------------------


@pytest.fixture
def log(tmp_path: Path) -> TrainingLog:
    return TrainingLog(str(tmp_path / "log.sqlite"))


def taken(log: TrainingLog, folder: Path, text: str, whose: TableDefaults | None = None) -> Imported:
    return import_table(log, written(folder, text), whose)


def test_sides_have_short_names() -> None:
    assert SIDES == {"": "both", "both": "both", "left": "left", "l": "left", "right": "right", "r": "right"}


def test_a_set_of_rows(log: TrainingLog, tmp_path: Path) -> None:
    """Three contacts of 190, 200 and 210 ms: 10 of scatter over sqrt 3 are 5.8, less than a reading's 10.

    Skips have two contacts each; a contact of 0 and one of 900 ms are none, and a row without numbers is no jump.
    """
    text = (
        "name,date,leg,contact (ms),flight (ms)\nA,2026-03-02,L,190,400\nA,2026-03-02,l,200,0\nA,2026-03-02,LEFT,210,\n"
        "A,2026-03-02,r,0,300\nA,2026-03-02,r,900,-\nA,2026-03-02,,--,--\n"
    )
    assert taken(log, tmp_path, text, TableDefaults("skips"))[:2] == (1, 1)
    (found,) = log.sessions(log.athlete("A"))
    assert (found.day, found.kind) == (date(2026, 3, 2), "jumps")
    left, right = found.sets
    assert (left.side, left.drill, left.reps, left.contacts, left.notes) == ("left", "skips", 3, 6, "from t.csv")
    assert (right.side, right.reps, right.contacts) == ("right", 1, 2)
    contact = left.metrics["contact_time_s"]
    assert (contact.mean, contact.sd, contact.n, contact.unit) == (pytest.approx(0.2), pytest.approx(0.010), 3, "s")
    assert (contact.common_sd, contact.rep_sd) == (None, None)
    flight = left.metrics["flight_time_s"]
    assert (flight.mean, flight.sd, flight.n) == (pytest.approx(0.4), pytest.approx(0.010), 1)
    assert list(right.metrics) == ["flight_time_s"]
    assert left.source == "hand"


def test_scatter_counts_where_it_is_larger(log: TrainingLog, tmp_path: Path) -> None:
    """150 and 250 ms: 70.7 of scatter over sqrt 2, 50 ms."""
    taken(log, tmp_path, "name,date,contact\nA,2026-03-02,0.15\nA,2026-03-02,0.25\n", TableDefaults("pogo"))
    (found,) = log.sessions(log.athlete("A"))
    assert found.sets[0].metrics["contact_time_s"].sd == pytest.approx(0.05)


def test_a_type_is_a_drill_where_it_is_known(log: TrainingLog, tmp_path: Path) -> None:
    text = "name,date,type,height\nA,2026-03-02,Drop Jump,0.3\nA,2026-03-02,Hop,0.2\nB,2026-03-03,SJ,0.25\n"
    assert taken(log, tmp_path, text, TableDefaults("pogo"))[:2] == (2, 3)
    assert sorted(s.sets[0].drill for s in log.sessions(log.athlete("A"))) == ["depth_jump", "pogo"]
    assert [s.sets[0].drill for s in log.sessions(log.athlete("B"))] == ["squat_jump"]
    with pytest.raises(
        SettingsError, match=r"^the table holds jumps of which it does not say the drill: choose it \(--drill pogo\)\.$"
    ):
        taken(log, tmp_path, text)


def test_sessions_are_of_their_drill_s_kind(log: TrainingLog, tmp_path: Path) -> None:
    """Rows may be shorter than the heading, and are read as far as they go."""
    text = "name,date,flight,contact\nA,2026-03-02,0.1\nA,2026-03-02,0.1,200\nA,2026-03-02\n"
    assert taken(log, tmp_path, text, TableDefaults("strides"))[:2] == (1, 1)
    (found,) = log.sessions(log.athlete("A"))
    assert (found.kind, found.sets[0].reps, found.sets[0].contacts) == ("running", 2, 0)
    assert found.sets[0].metrics["contact_time_s"].mean == pytest.approx(0.2)


def test_what_a_table_lacks_is_given_with_it(log: TrainingLog, tmp_path: Path) -> None:
    text = "contact,leg\n0.2,\n0.21,left\n"
    assert taken(log, tmp_path, text, TableDefaults("pogo", "Jo", date(2026, 3, 5)))[:2] == (1, 1)
    (found,) = log.sessions(log.athlete("jo"))
    assert (found.day, [s.side for s in found.sets]) == (date(2026, 3, 5), ["both", "left"])
    with pytest.raises(
        SettingsError, match=r"^the table does not say whose jumps it holds: choose the athlete \(--athlete\)\.$"
    ):
        taken(log, tmp_path, text, TableDefaults("pogo"))
    today = taken(log, tmp_path, "contact\n0.2\n", TableDefaults("pogo", "Ann"))
    assert today[:2] == (1, 1)
    assert log.sessions(log.athlete("Ann"))[0].day == date.today()


def test_columns_that_are_missing_are_named(log: TrainingLog, tmp_path: Path) -> None:
    for text, said in (
        ("a,b\n1,2\n", "t.csv has no column of names: head it 'athlete' or 'name'."),
        ("name,date\nA,2026-03-02\n", "t.csv has no column of contact time, flight time or jump height."),
        ("name,date,contact,leg\nA,2026-03-02,0.2,third\n", "row 2: 'third' is not a side: write left, right or both."),
    ):
        with pytest.raises(SettingsError) as raised:
            taken(log, tmp_path, text, TableDefaults("pogo"))
        assert str(raised.value) == said


def roster(log: TrainingLog, folder: Path, text: str) -> dict[str, Any]:
    taken(log, folder, text)
    return {a.name: (a.height_m, a.mass_kg, a.level) for a in log.athletes()}


def test_a_roster_s_units(log: TrainingLog, tmp_path: Path) -> None:
    """Heights over 3 are cm; what is said as m, or 3 and less, is m."""
    text = 'name,height,mass,level\nA,178,66,Advanced\nB,1.8,,\nC,"1,65",50.5,beginner\n'
    assert roster(log, tmp_path, text) == {
        "A": (1.78, 66.0, "advanced"),
        "B": (1.8, None, "beginner"),
        "C": (1.65, 50.5, "beginner"),
    }
    assert roster(log, tmp_path, "name,height (cm)\nA,179\n")["A"] == (1.79, 66.0, "advanced")
    log.save_athlete(AthleteEntry(name="D", mass_kg=70, notes="n"))
    again = roster(log, tmp_path, "name,mass\nd,72\n")
    assert again["D"] == (None, 72.0, "beginner")
    assert log.athlete("D").notes == "n"


def test_a_row_that_is_wrong_is_named(log: TrainingLog, tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"^row 3: 'hero' is not a level: write beginner, intermediate, advanced\.$"
    ):
        taken(log, tmp_path, "name,level\nA,beginner\nB,hero\n")
    assert log.athletes() == []


def test_a_quotation_mark_that_is_not_closed_swallows_nobody(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text('name,height\n"unclosed,1.7\nRunner B,1.8\n')
    with pytest.raises(SettingsError, match="cannot be read as a table"):
        read_tables(file, KNOWN, NUMBERS)


def test_rows_that_no_body_does_are_named(log: TrainingLog, tmp_path: Path) -> None:
    """A contact of 0 is how some tools write a jump without one; what is below it, or no number, is said."""
    rows = ("01,-0.2,0.4", "02,0,0.4", "03,nan,inf", "04,,0.4")
    text = "athlete,day,contact_time_s,flight_time_s\n" + "".join(f"Zed,2026-03-{row}\n" for row in rows)
    came = taken(log, tmp_path, text, TableDefaults("pogo"))
    assert came == (1, 3, (2, 4))
    assert came.left_out_said == "Rows 2, 4 have numbers that cannot be right, which were left out."


def test_a_table_of_a_spreadsheet_in_utf_16_is_read(log: TrainingLog, tmp_path: Path) -> None:
    path = tmp_path / "jumps.csv"
    path.write_bytes("athlete,day,flight_time_s\nÅsa,2026-03-01,0.4\n".encode("utf-16"))
    assert import_table(log, path, TableDefaults("pogo"))[:2] == (1, 1)
    assert [a.name for a in log.athletes()] == ["Åsa"]
