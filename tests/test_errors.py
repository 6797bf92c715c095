"""What is said where something is wrong."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from plumbline.errors import ClipError, PlumblineError, SettingsError, opencv_libraries
from plumbline.language import speaking


def test_missing_system_library_names_the_packages() -> None:
    with pytest.raises(PlumblineError, match=r"apt-get install -y libgl1 libglib2\.0-0"), opencv_libraries():
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")


def test_other_import_errors_pass_through() -> None:
    with pytest.raises(ImportError, match="No module"), opencv_libraries():
        raise ImportError("No module named 'cv2'")


def test_a_refusal_is_a_text_and_values_and_is_said_in_each_language() -> None:
    error = ClipError("{path} does not exist: check the path.", path=Path("film.mp4"))
    assert str(error) == "film.mp4 does not exist: check the path."
    assert (error.text, error.values) == ("{path} does not exist: check the path.", {"path": "film.mp4"})
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    with speaking("nb"):
        assert error.said == "film.mp4 finnes ikke: sjekk stien."
        assert str(error) == "film.mp4 does not exist: check the path."


def test_braces_in_a_refusal_without_values_are_only_braces() -> None:
    assert str(SettingsError("{ is no TOML")) == "{ is no TOML"
