"""What the pages do, without a browser."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from dataclasses import replace
from fractions import Fraction
from importlib.machinery import PathFinder
from pathlib import Path
from types import SimpleNamespace

import av
import pytest
from streamlit.testing.v1 import AppTest

from plumbline.app import _clip, _jobs, _limits, _nothing, _results, _session
from plumbline.app._clip import ClipJob
from plumbline.app._jobs import Store, safe_name
from plumbline.app._libraries import steady_imports
from plumbline.app._webcam import Webcam
from plumbline.catalogue import load_rules, read_limits
from plumbline.errors import OutputError, PlumblineError
from plumbline.live import LiveView
from plumbline.pipeline import measure_pose
from plumbline.request import Request
from plumbline.resources import sample_clip
from plumbline.warnings import drill_warnings
from tests.athletes import JITTER, landmarks, take
from tests.conftest import clip_info

ROOT = Path(__file__).parents[2]


@pytest.fixture
def limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "limits.toml"
    monkeypatch.setenv("PLUMBLINE_LIMITS", str(path))
    return path


def opened(page: str) -> AppTest:
    return AppTest.from_string(f"from plumbline.app import {page}\n{page}.page()\n", default_timeout=60).run()


def test_the_first_page_says_what_to_do() -> None:
    opened("_guide")  # another server, whose components are not this one's
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == "Plumbline"
    assert any("Try the sample clip" in b.label for b in app.button)


def test_every_page_opens() -> None:
    for page in ("_guide", "_compare", "_batch", "_limits"):
        assert not opened(page).exception, page


def test_sets_before_this_one_stand_beside_the_picture() -> None:
    script = """
from types import SimpleNamespace
import streamlit as st
from plumbline.app import _live_panel
st.session_state["live_sets"] = [("a", 8), ("b", 5)]
_live_panel._sets(None, SimpleNamespace(faults=(), count=0, phase="looking"))
"""
    app = AppTest.from_string(script, default_timeout=60).run()
    assert not app.exception
    assert app.caption[0].value == "[Set 1: 8 reps](./?clip=a) · [Set 2: 5 reps](./?clip=b)"


def test_live_opens_with_the_dose_that_is_planned() -> None:
    script = """
import streamlit as st
from types import SimpleNamespace
from plumbline.app import _live, _live_panel
from plumbline.app._training import Wanted
from plumbline.request import Limits
st.session_state.setdefault("live_wanted", Wanted("pogo", 1.8, 10, 3, "3 x 10, 1 min rest"))
setup = _live._choices(Limits.load(), on=False)
st.session_state.update(live_sets=[("a", 10)], live_done=1)
_live_panel._sets(None, SimpleNamespace(faults=(), count=0, phase="looking"))
st.write(repr((setup.request.drill, setup.request.height_m, setup.settings.target)))
"""
    app = AppTest.from_string(script, default_timeout=60).run()
    assert not app.exception
    assert app.markdown[-1].value == "('pogo', 1.8, 10)"
    said = [c.value.replace("\\", "") for c in app.caption]
    assert said == [
        "Planned for today: 3 x 10, 1 min rest",
        "Set 2 of 3: 3 x 10, 1 min rest",
        "[Set 1: 10 reps](./?clip=a)",
    ]
    app.selectbox[0].set_value("squat_jump").run()  # another drill has no dose
    assert [c.value for c in app.caption] == ["[Set 1: 10 reps](./?clip=a)"]


def test_a_limit_is_changed_kept_and_taken_back(limits: Path) -> None:
    app = opened("_limits")
    key = "limit_long_contact_above"
    assert app.number_input(key=key).value == pytest.approx(250)
    app.number_input(key=key).set_value(220.0)
    app.button[0].click().run()
    assert not app.exception
    rules = {r.id: r for r in load_rules(read_limits(limits)[0])}
    assert rules["long_contact"].above == pytest.approx(0.220)
    assert rules["long_contact"].origin == "coach"
    untouched = {r.id: r for r in load_rules() if r.id != "long_contact"}
    assert {i: rules[i] for i in untouched} == untouched
    again = opened("_limits")
    assert again.number_input(key=key).value == pytest.approx(220)
    again.button[1].click().run()
    assert not limits.exists()
    boxes = [n.value for n in again.number_input if str(n.key).startswith(key)]
    assert boxes == [pytest.approx(250)], "a number that is taken back does not stay in its box"


def test_limits_are_sought_by_drill_and_word_and_unsaved_changes_are_said_and_kept(limits: Path) -> None:
    app = opened("_limits")
    everything = len(app.number_input)
    key = "limit_long_contact_above"
    app.number_input(key=key).set_value(215.0).run()
    assert any("Not saved yet" in w.value for w in app.warning)
    app.text_input[0].set_value("knee").run()
    assert 0 < len(app.number_input) < everything
    assert key not in {n.key for n in app.number_input}
    assert any("Not saved yet" in w.value for w in app.warning)  # a row out of sight keeps what was entered
    app.text_input[0].set_value("").run()
    assert app.number_input(key=key).value == pytest.approx(215)
    app.text_input[0].set_value("nothing of the kind").run()
    assert any("No limit fits" in i.value for i in app.info)
    app.button[0].click().run()
    assert {r.id: r for r in load_rules(read_limits(limits)[0])}["long_contact"].above == pytest.approx(0.215)


def test_limits_begin_with_the_drill_of_the_last_clip(limits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(drill: str) -> SimpleNamespace:
        return SimpleNamespace(report=SimpleNamespace(drill=SimpleNamespace(id=drill)))

    monkeypatch.setattr(_session, "clip_of", measured)
    app = AppTest.from_string("from plumbline.app import _limits\n_limits.page()\n", default_timeout=60)
    app.session_state["clips"] = ["pogo", "squat"]
    app.run()
    assert not app.exception
    assert app.selectbox(key="limits_drill").value == "squat"
    assert 0 < len(app.number_input) < len(opened("_limits").number_input)


def test_a_broken_limits_file_is_said_and_not_lost(limits: Path) -> None:
    limits.write_text("[faults.long_contact]\nabove = 'much'\n")
    app = opened("_limits")
    assert not app.exception
    assert "long\\_contact" in app.error[0].value
    assert limits.exists()
    live = opened("_live")
    assert not live.exception
    assert "above must be a number" in live.error[0].value


def test_own_rows_and_measuring_survive_the_page(limits: Path) -> None:
    _limits.keep(limits, {"long_contact": {"above": 0.2, "cue": 'say "hot"'}}, {"cutoff_hz": {"value": 10}})
    faults, measuring = read_limits(limits)
    assert faults["long_contact"] == {"above": 0.2, "cue": 'say "hot"'}
    assert measuring == {"cutoff_hz": {"value": 10}}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("clip.mp4", "clip.mp4"),
        ("../../etc/passwd", "passwd"),
        ("C:\\films\\hop.mov", "hop.mov"),
        ("<b>.mp4", "b.mp4"),
        ("", "clip"),
        ("x" * 300 + ".mp4", "x" * 160 + ".mp4"),
        ("\U0001f3c3" * 99 + ".mp4", "\U0001f3c3" * 40 + ".mp4"),  # file systems count bytes
        ("v1.2 pogo hops", "v1.2 pogo hops"),
        ("v1.2 pogo hops.MP4", "v1.2 pogo hops.MP4"),
        ("NUL.mp4", "_NUL.mp4"),  # a device's name on Windows
    ],
)
def test_names_of_uploads(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def finished(job: ClipJob, store: Store) -> None:
    store._pool.shutdown(wait=True)
    assert job.state in ("measured", "failed", "cancelled")


def measured(job: ClipJob) -> None:
    until = time.monotonic() + 120
    while job.state == "working" and time.monotonic() < until:
        time.sleep(0.02)
    assert job.state == "measured"


def sample_job(store: Store) -> ClipJob:
    source = sample_clip("standing.mp4")
    return store.add("standing.mp4", lambda p: p.write_bytes(source.read_bytes()), Request())


def test_a_forgotten_clip_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "films")
    job = sample_job(store)
    finished(job, store)
    assert job.film is not None
    assert job.film.is_file()
    store.forget(job.token)
    assert list(store.root.iterdir()) == []
    assert store.get(job.token) is None


def test_a_clip_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    store = Store(tmp_path / "films")
    store.root.rmdir()
    with pytest.raises(PlumblineError, match=r"standing\.mp4 cannot be kept: No such file or directory"):
        sample_job(store)
    assert store.waiting == 0


def test_old_clips_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_jobs, "KEEP_CLIPS", 2)
    store = Store(tmp_path / "films")
    jobs = []
    for _ in range(3):
        for job in jobs:
            job.seen_at -= 3600  # nobody looks at them any more
        jobs.append(sample_job(store))
        measured(jobs[-1])
    finished(jobs[-1], store)
    assert store.get(jobs[0].token) is None
    assert all(store.get(j.token) is not None for j in jobs[1:])
    assert len(list(store.root.iterdir())) == 2


def test_a_clip_that_nobody_looks_at_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "films")
    job = sample_job(store)
    finished(job, store)
    store.sweep()
    assert store.get(job.token) is job
    monkeypatch.setattr(_jobs, "KEEP_S", 0.0)
    monkeypatch.setattr(_jobs, "SWEEP_EVERY_S", 0.01)
    other = Store(tmp_path / "others")
    job = sample_job(other)
    finished(job, other)
    until = time.monotonic() + 10
    while list(other.root.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(other.root.iterdir()) == []


def test_a_full_disk_does_not_keep_the_live_model(tmp_path: Path) -> None:
    class Session:
        closed = False

        def close(self) -> None:
            self.closed = True

        def whole(self) -> None:
            return None

    class Full:
        def close(self) -> Path:
            raise OutputError("no room")

    webcam = Webcam(lambda: pytest.fail("not asked for"), tmp_path / "live.mp4")
    webcam.session, webcam._film = session, full = Session(), Full()  # type: ignore[assignment]
    webcam.on_ended()
    assert (session.closed, webcam.error) == (True, "no room"), full


def test_a_camera_that_goes_is_missed() -> None:
    app = AppTest.from_string(
        """
import streamlit as st
from plumbline.app import _live_panel
from plumbline.app._webcam import Webcam
webcam = Webcam(None)
webcam._silent_since -= st.session_state["silent"]
st.session_state["webcam"] = webcam
_live_panel.panel()
""",
        default_timeout=60,
    )
    for silent, told in ((1, []), (7, ["No picture has come from the camera for 7 s"])):
        app.session_state["silent"] = silent
        app.run()
        assert not app.exception
        assert [e.value.partition(". ")[0] for e in app.error] == told


def test_a_frame_under_way_is_no_silence() -> None:
    heard: list[float] = []

    class Session:
        def look(self, *_: object) -> LiveView:
            heard.append(webcam.silent_s)
            raise PlumblineError("the model is gone")

    webcam = Webcam(Session)  # type: ignore[arg-type]
    frame = av.VideoFrame(64, 48, "rgb24")
    frame.pts, frame.time_base = 0, Fraction(1, 30)
    assert webcam.recv(frame).width == 64
    assert heard == [0.0]
    assert 0 < webcam.silent_s < 60


def test_nobody_loses_a_clip_to_another_or_while_it_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_jobs, "KEEP_CLIPS", 1)
    store = Store(tmp_path / "films")

    def given(owner: str) -> ClipJob:
        source = sample_clip("standing.mp4")
        return store.add("a.mp4", lambda path: shutil.copyfile(source, path), Request(), owner=owner)

    first = given("one")
    measured(first)
    others = [given("two") for _ in range(3)]  # none of them is measured yet
    for job in others:
        measured(job)
    finished(others[-1], store)
    assert store.get(first.token, "one") is first
    assert all(store.get(job.token, "two") is job for job in others)
    assert store.get(first.token, "two") is None
    assert store.get(first.token) is None


def test_modules_are_found_while_streamlit_turns_over_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    interval = sys.getswitchinterval()
    over = threading.Event()

    def pages_run() -> None:
        while not over.is_set():
            sys.path.insert(0, "app.py")
            sys.path.remove("app.py")

    def lost(tries: int = 5000) -> int:
        return sum(PathFinder.find_spec("kiwisolver") is None for _ in range(tries))

    steady_imports()
    pages = threading.Thread(target=pages_run)
    try:
        sys.setswitchinterval(1e-5)
        pages.start()
        assert lost() == 0
    finally:
        over.set()
        pages.join()
        sys.setswitchinterval(interval)


def test_an_unforeseen_error_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def burst(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret path /home/x")

    monkeypatch.setattr(_clip, "probe", burst)
    store = Store(tmp_path / "films")
    job = sample_job(store)
    finished(job, store)
    assert job.state == "failed"
    assert "ZeroDivisionError" in job.error
    assert "secret" not in job.error


def test_memory_returns_after_many_clips(tmp_path: Path) -> None:
    import gc

    import psutil

    store = Store(tmp_path / "films")
    used = []
    for k in range(13):
        job = sample_job(store)
        for _ in range(600):
            if job.film is not None:
                break
            time.sleep(0.1)
        assert job.film is not None
        store.forget(job.token)
        del job
        gc.collect()
        if k >= 2:
            used.append(psutil.Process().memory_info().rss / 2**20)
    # The first clips load libraries; ten more leave less behind than one film's landmarks and stills.
    assert used[-1] - used[0] < 40


@pytest.mark.parametrize(("chance", "offered"), [(0.0, False), (0.4, True)])
def test_a_movement_that_is_not_known_always_has_a_choice_of_drills(chance: float, offered: bool) -> None:
    """Where none is likely, none is put forward."""
    pose, _ = landmarks(take("pogo_faults"), JITTER)
    seen = replace(measure_pose(pose, clip_info(pose)).recognised, drill_id="", confidence=0.0)
    likely = (("skater_bound", chance), ("front_hop", chance / 2))
    (doubt,) = drill_warnings(replace(seen, likely=likely), None, float("nan"))
    assert doubt.code in _results.DOUBTS
    assert doubt.code in _nothing.HEADINGS
    assert (doubt.code not in _results.NONE_LIKELY) is offered
    assert ("skater bounds" in doubt.message) is offered


def test_what_a_heading_says_is_not_said_again() -> None:
    heading = "It is not clear which way the athlete faces"
    assert _nothing._beyond(heading, f"{heading}, or several are mixed up: film again.") == (
        "Or several are mixed up: film again."
    )
    assert _nothing._beyond(heading, "Film again.") == "Film again."
    assert _nothing._beyond(heading, f"{heading}.") == f"{heading}."
