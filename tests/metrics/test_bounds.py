"""What no body can do is withheld."""

from __future__ import annotations

from plumbline.catalogue import find_drill, metric_label
from plumbline.metrics import METRICS, possible
from plumbline.metrics._table import ACROSS_REPS
from plumbline.quantity import Quantity


def test_a_value_beyond_the_body_goes_and_says_why_and_where() -> None:
    rows = [
        {"trunk_lean_deg": Quantity(-107.0, 2.0, "deg"), "contact_time_s": Quantity(0.2, 0.01, "s")},
        {"trunk_lean_deg": Quantity(-95.0, 2.0, "deg"), "contact_time_s": Quantity(0.65, 0.01, "s")},
    ]
    kept, withheld = possible(dict(zip((1, 4), rows, strict=True)), {})
    assert kept == [{"contact_time_s": Quantity(0.2, 0.01, "s")}, {}]
    assert withheld["trunk_lean_deg"].message.startswith("the value is impossible in this movement")
    assert withheld["contact_time_s"].message.startswith("in rep 4 the value is impossible in this movement")


def test_a_run_allows_less_than_a_body() -> None:
    """A contact of 599 ms and a flight of 820 ms were once printed of a run."""
    rows = [{"contact_time_s": Quantity(0.599, 0.01, "s"), "flight_time_s": Quantity(0.82, 0.01, "s")}]
    assert possible({1: rows[0]}, find_drill("pogo").measured.within)[0] == rows
    assert possible({1: rows[0]}, find_drill("run").measured.within)[0] == [{}]


def test_what_people_do_is_within_the_bounds() -> None:
    usual = {"contact_time_s": 0.2, "flight_time_s": 0.5, "trunk_lean_deg": 8.0, "knee_flexion_peak_deg": 110.0}
    kept, _ = possible({1: {name: Quantity(value, 0.1, "") for name, value in usual.items()}}, {})
    assert set(kept[0]) == set(usual)


def test_rows_are_of_metrics_that_exist_and_say_what_is_known() -> None:
    for name in [*METRICS, *ACROSS_REPS]:
        row = metric_label(name)
        assert row.label != name, f"{name} has no row in metrics.toml"
        assert set(row.needs) <= {"frame_rate", "legs_apart", "head", "feet", "still_camera"}
        assert row.better in ("", "more", "less")
        assert row.within[0] < row.within[1]
