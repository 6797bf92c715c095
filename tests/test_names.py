"""One way to compare names: as people write them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from plumbline.errors import SettingsError
from plumbline.log import AthleteEntry, TrainingLog
from plumbline.names import name_key
from plumbline.tables import safe_cell, with_decimal
from plumbline.typeface import undrawable

NAMES = ("Åse Berg", "Øyvind Ås", "Łukasz Żak", "İpek Şen", "Jürgen Groß", "王小明")


@pytest.mark.parametrize("name", NAMES)
def test_an_athlete_is_found_however_the_name_is_typed(tmp_path: Path, name: str) -> None:
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        entry = AthleteEntry(name=name)
        log.save_athlete(entry)
        for typed in (name.lower(), name.casefold(), unicodedata.normalize("NFD", name), f"  {name} "):
            assert log.athlete(typed).id == entry.id
        with pytest.raises(SettingsError, match="already is an athlete"):
            log.save_athlete(AthleteEntry(name=unicodedata.normalize("NFD", name.lower())))
        log.take_in([(AthleteEntry(name=unicodedata.normalize("NFD", name)), [])])
        assert len(log.athletes()) == 1


def test_turkish_names_are_found_from_any_keyboard() -> None:
    # Upper case of i is İ in Turkish and I elsewhere; lower case of I is ı in Turkish and i elsewhere.
    for way in ("İPEK IŞIK", "ipek ışık", "Ipek Işık", "i̇pek işik"):
        assert name_key(way) == name_key("İpek Işık")


def test_scripts_that_cannot_be_drawn_are_named() -> None:
    assert undrawable("王 Ås") == "cjk"
    assert undrawable("🏃 한") == "emoji, hangul"
    assert undrawable("Łukasz محمد Ωλ") == ""


def test_different_letters_are_different_people() -> None:
    assert name_key("Ase Berg") != name_key("Åse Berg")
    assert name_key("Müller") != name_key("Muller")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_is_run(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert safe_cell(-2.5) == -2.5
    assert safe_cell("Åse") == "Åse"


def test_table_for_countries_that_write_a_comma() -> None:
    text = "".join(with_decimal(['name,value\r\n"Berg, Åse",-1.25\r\nv1.2.3,7\r\n'], "comma"))
    assert text == "\ufeffname;value\r\nBerg, Åse;-1,25\r\nv1.2.3;7\r\n"
