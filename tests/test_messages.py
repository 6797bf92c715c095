"""What is said of a clip: the same sentence in English as ever, and one in each other language."""

from __future__ import annotations

import re

import pytest

from plumbline.camera import CameraPath
from plumbline.contact import Tilt
from plumbline.contact._tilt import Witness
from plumbline.language import speaking
from plumbline.messages import Message, listed
from plumbline.metrics import Scale, Scales
from plumbline.report._build import _message
from plumbline.report._schema import MessageOut
from plumbline.reps import Lesson
from plumbline.warnings import lesson_notes, people_note, scale_warnings, take_warning, tilt_warnings
from plumbline.warnings._warning import ClipWarning

SLOW = ClipWarning(
    "slow_motion",
    {"fps": 120.2, "though": Message("though_given", {"fps": 30.0}), "settled": Message("height_settles")},
    "--capture-fps 120",
)


def test_a_sentence_of_parts_is_worded_in_each_language() -> None:
    assert SLOW.message == (
        "This looks like slow motion, probably 120 frames per second, though the rate given is 30. Use 120? "
        "Give the athlete's height to be certain."
    )
    with speaking("nb"):
        assert SLOW.said == (
            "Dette ser ut som sakte kino, sannsynligvis 120 bilder per sekund, selv om den oppgitte bildefrekvensen "
            "er 30. Bruke 120? Oppgi utøverens høyde for å være sikker."
        )
        assert SLOW.message.startswith("This looks like")


def test_parts_are_listed_and_names_stand_in_small_letters() -> None:
    names = [Message("with_chance", {"name": n, "chance": c}) for n, c in (("Pogo hops", 60.4), ("Squat", 20))]
    both = listed("either", names)
    assert isinstance(both, Message)
    assert both.message == "pogo hops (60 %) or squat (20 %)"
    assert listed("listed", ["a", "b", "c"]).said == "a, b, c"  # type: ignore[union-attr]
    assert listed("either", []) == ""


def test_one_and_several_are_told_apart() -> None:
    assert "holds another take: only the longest, from 1.0 to 4.2 s" in take_warning(1.0, 4.2, 1, False).message
    assert "holds 2 other takes" in take_warning(1.0, 4.2, 2, False).message
    with speaking("nb"):
        assert "ett opptak til: bare det lengste, fra 1,0 til 4,2 s" in take_warning(1.0, 4.2, 1, False).said


def test_lessons_say_their_shift_and_which_way() -> None:
    (note,) = lesson_notes({"toe_off": Lesson(events=2, shift_s=-0.0124, common_s=0.004, before_s=0.011)})
    # 0.0124 s is 12 ms; a negative shift is earlier.
    assert note.message == (
        "You corrected 2 toe-offs, so the others moved 12 ms earlier; their shared error fell from ± 11 to ± 4 ms."
    )


def test_camera_and_scale_name_their_sources() -> None:
    lines, floor = Witness("upright lines", 2.0, 0.5), Witness("floor", -3.0, 0.5)
    turned, doubted = tilt_warnings(Tilt(2.0, 0.5, (lines,), (floor,), True))
    assert turned.message == (
        "The camera was tilted +2.0 ± 0.5° (judged by upright lines); the plumb line is corrected for it."
    )
    assert doubted.message == (
        "Going by the floor, the camera was tilted -3.0°; going by upright lines, +2.0°. The latter was used."
    )
    still = CameraPath.fixed(3, 640, 480)
    pair = (Scale(0.004, 0.0001, "stature"), Scale(0.003, 0.0001, "gravity"))
    (said,) = scale_warnings(Scales(pair), still, 1.80)
    # The fall implies 1.80 m · 0.003 / 0.004 = 1.35 m, which is a stature; 0.004 m are 4 mm.
    assert "4.00 ± 0.10 mm by stature, but 3.00 ± 0.10 mm by gravity; check the athlete's height" in said.message
    assert "the flights fit 1.35 m" in said.message
    with speaking("nb"):
        assert "Etter fallet skulle den være 1,35 m" in said.said


def test_a_report_keeps_sentence_code_and_values_with_their_parts() -> None:
    kept = MessageOut.model_validate_json(_message(SLOW).model_dump_json())
    assert kept.message == SLOW.message
    assert kept.values["fps"] == pytest.approx(120.2)
    with speaking("nb"):
        assert kept.said == SLOW.said


def test_who_was_measured_says_the_option() -> None:
    (note,) = people_note(3, 1)
    assert note.message.startswith("3 people were seen; person 2 was measured.")
    assert note.option == "--athlete NUMBER or --athlete X,Y"
    assert people_note(1, 0) == []


def test_every_warning_of_the_code_has_its_words() -> None:
    from plumbline.messages import _texts
    from plumbline.resources import DATA

    code = "".join(p.read_text(encoding="utf-8") for p in (DATA.parent / "warnings").glob("*.py"))
    codes = set(re.findall(r'(?:ClipWarning|Message)\(\s*"(\w+)"', code))
    assert len(codes) > 30
    assert codes <= _texts().keys()
    assert all(row["text"] for row in _texts().values())
