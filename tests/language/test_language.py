from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from icalendar import Calendar
from pypdf import PdfReader

import plumbline
from plumbline.analysis import Analysis
from plumbline.catalogue import find_protocol, load_drills, load_rules, metric_label
from plumbline.draw import build_scenes
from plumbline.draw._overlay import summary_lines
from plumbline.errors import SettingsError
from plumbline.language import LANGUAGES, _, current, day, fitting, ngettext, number, po_path, read_language, speaking
from plumbline.language._extract import collected, lacking
from plumbline.language._markup import texts_in_markup
from plumbline.live._calls import sum_up
from plumbline.live._start import start_words
from plumbline.log import (
    AthleteEntry,
    Discomfort,
    FaultCount,
    MetricEntry,
    SessionEntry,
    SetEntry,
    outcome,
    target_said,
    trends,
    week_of,
    week_pdf,
)
from plumbline.pipeline import analyze
from plumbline.plan import Plan, PlanRequest, adapted, block, block_original, plan_html, plan_ics, progressive
from plumbline.report import build_report, report_html
from plumbline.report._schema import MessageOut
from plumbline.report.letterhead import Letterhead
from plumbline.report.pdf import report_pdf
from plumbline.request import Request
from tests.conftest import SAMPLES

OTHERS = [language for language in LANGUAGES if language != "en"]
# Words of English sentences that no Norwegian one has.
ENGLISH = re.compile(r"\b(the|is|are|of|and|with|this|not|from|no|fault|faults|leans|knee|foot|floor)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(SAMPLES / "pogo_faults.mp4", Request(height_m=1.75))


def kept(language: str) -> Catalog:
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language)


def all_of(said: object) -> list[str]:
    return [str(part) for part in (said if isinstance(said, (tuple, list)) else [said])]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_a_translation(language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wanted = {all_of(m.id)[0] for m in collected() if m.id}
    texts = kept(language)
    there = {all_of(m.id)[0] for m in texts if m.id}
    assert sorted(wanted - there) + lacking(texts) == [], f"run: python -m plumbline.language {language}"
    assert sorted(there - wanted) == [], f"run: python -m plumbline.language {language}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_values(language: str) -> None:
    def values(text: str) -> set[tuple[str | None, str | None]]:
        return {(name, spec) for _text, name, spec, _how in Formatter().parse(text) if name is not None}

    for message in kept(language):
        for key, said in zip(all_of(message.id), all_of(message.string), strict=True):
            assert values(said) == values(key), key


def test_a_text_that_no_catalogue_has_stays_english() -> None:
    with speaking("nb"):
        assert _("A sentence {n} that nobody has written.", n=2) == "A sentence 2 that nobody has written."


def test_numbers_are_written_as_the_language_does() -> None:
    with speaking("nb"):
        assert number(0.456, ".2f") == "0,46"
        assert number(-1.25, "+.1f") == "-1,2"  # 1.25 is exact: to even
        assert number(0.125, ".0%") == "12\N{NO-BREAK SPACE}%"
        assert _("{fps:.0f} frames per second", fps=59.94) == "60 bilder per sekund"
        assert metric_label("rsi_ratio").with_sd(1.234, 0.05) == "1,23 ± 0,05"
    assert number(0.456, ".2f") == "0.46"


def test_dates_and_counts_are_written_as_the_language_does() -> None:
    assert day(date(2026, 5, 9)) == "9 May 2026"
    assert ngettext("{n} rep", "{n} reps", 1) == "1 rep"
    with speaking("nb"):
        assert day(date(2026, 5, 9)) == "9. mai 2026"
        assert Letterhead(coach="Ada", day=date(2026, 5, 9)).line == "9. mai 2026 · Trener: Ada"


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        (("nb-NO", "en"), "nb"),
        (("no",), "nb"),
        (("nn-NO",), "nb"),
        (("en-US", "nb"), "en"),
        (("de-DE", "nb"), "nb"),
        (("de",), "en"),
        (("",), "en"),
    ],
)
def test_the_first_language_that_is_spoken_here_is_taken(wishes: tuple[str, ...], found: str) -> None:
    assert fitting(*wishes) == found


def test_a_language_is_spoken_only_inside() -> None:
    with speaking("nb"):
        assert current() == "nb"
        with speaking("en"):
            assert current() == "en"
        assert current() == "nb"
    assert current() == "en"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    assert read_language("NO") == "nb"
    with pytest.raises(SettingsError, match="there is no language 'xx': choose en, nb"):
        read_language("xx")


def test_tables_speak_the_language_and_core_does_not() -> None:
    with speaking("nb"):
        assert metric_label("contact_time_s").label == "Kontakttid"
        assert load_drills()["squat"].name == "Squat"  # a face says it in Norwegian, a report keeps the English text
        assert load_rules()[0].label == "Body line lost"
    assert metric_label("contact_time_s").label == "Contact time"


class _Seen(HTMLParser):
    """What is read of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skip = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skip = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.skip = False

    def handle_data(self, data: str) -> None:
        if not self.skip and data.strip():
            self.words.append(" ".join(data.split()))


def english_in(words: list[str]) -> list[str]:
    return [line for line in words if ENGLISH.search(line)]


def test_the_page_of_a_sample_has_no_english_left(analysis: Analysis) -> None:
    report = build_report(analysis)
    with speaking("nb"):
        page = "".join(report_html(report, analysis, [b""] * len(report.reps)))
    seen = _Seen()
    seen.feed(page)
    assert '<html lang="nb">' in page
    assert len(seen.words) > 200
    assert english_in(seen.words) == []


def test_the_paper_of_a_sample_has_no_english_left(analysis: Analysis) -> None:
    report = build_report(analysis)
    with speaking("nb"):
        paper = report_pdf(report, analysis, [])
    words = [line for p in PdfReader(BytesIO(paper)).pages for line in p.extract_text().splitlines()]
    assert len(words) > 40
    assert english_in(words) == []


MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("make", [progressive, block, block_original])
def test_plans_have_no_english_left(make: Callable[[PlanRequest], Plan]) -> None:
    request = PlanRequest(
        MONDAY, race=date(2026, 5, 20), days=frozenset({0, 2, 4}), hard_days=frozenset(), strength_days=frozenset({1})
    )
    plan = make(request)  # made in English, as another visitor may have
    hurt = [
        SessionEntry(
            day=MONDAY,
            discomfort=(Discomfort(where="Achilles", score=4),),
            sets=(SetEntry(drill="pogo", reps=99, contacts=99),),
        ),
        SessionEntry(day=date(2026, 3, 12), effort=9),
    ]
    for today in (date(2026, 3, 3), date(2026, 3, 13)):
        now = adapted(plan, request, hurt, today)
        assert now.why
        with speaking("nb"):
            page = plan_html(now.plan)
            events = Calendar.from_ical(plan_ics(now.plan, "Åse")).walk("VEVENT")
            said = [w.said for w in now.why] + [str(e[k]) for e in events for k in ("summary", "description")]
        seen = _Seen()
        seen.feed(page)
        assert "man. 2. mars 2026 · uke 1" in page
        assert english_in([*seen.words, *said]) == []


def test_the_paper_of_a_week_has_no_english_left() -> None:
    def hops(contact_s: float, side: str) -> SetEntry:
        metrics = {"contact_time_s": MetricEntry(mean=contact_s, sd=0.001, n=8, unit="s")}
        faults = {"trunk_lean": FaultCount(label="Trunk leans", count=3)}
        values = {"drill": "single_leg_hop", "side": side, "reps": 8, "contacts": 8, "source": "film"}
        return SetEntry.model_validate(values | {"metrics": metrics, "faults": faults})

    sessions = [
        SessionEntry(day=MONDAY + timedelta(days=k), sets=(hops(0.34 - c, "left"), hops(0.2 - c, "right")), effort=7.5)
        for k, c in ((0, 0.0), (7, 0.03), (14, 0.06), (21, 0.09))
    ]
    week = week_of(sessions, sessions[-1].day, 10)
    assert week.changes
    assert week.sides
    with speaking("nb"):
        paper = week_pdf(AthleteEntry(name="Åse"), week)
        words = [line for p in PdfReader(BytesIO(paper)).pages for line in p.extract_text().splitlines()]
    assert "Uken fra 23. mars til 29. mars 2026" in words
    assert any("7,5" in line for line in words)
    assert english_in(words) == []


def test_tests_and_targets_are_said_without_english() -> None:
    label = metric_label("contact_time_s")
    points = [(MONDAY + timedelta(days=7 * k), 0.24 - 0.01 * k) for k in range(4)]
    sessions = [
        SessionEntry(
            day=day_,
            sets=(
                SetEntry(
                    drill="pogo",
                    reps=8,
                    protocol="same_day_repeat",
                    metrics={"contact_time_s": MetricEntry(mean=value + more, sd=0.002, n=8, unit="s")},
                )
                for more in (0.0, 0.004)
            ),
        )
        for day_, value in points
    ]
    (trend,) = trends(sessions)
    protocol = find_protocol("same_day_repeat")
    with speaking("nb"):
        said = [target_said(trend, level) for level in ("beginner", "intermediate", "advanced")]
        said += [trend.variation.said(metric_label(label.name))]
        said += outcome(protocol, sessions[-1].sets, sessions, {})
    assert all(said)
    assert english_in(said) == []


def test_the_film_of_a_sample_has_no_english_left(analysis: Analysis) -> None:
    with speaking("nb"):
        words = [line for line, _colour in summary_lines(build_scenes(analysis).analysis)]
    assert any(line.startswith("Kontakttid") for line in words)
    assert english_in(words) == []


def test_a_report_is_the_same_data_in_every_language(analysis: Analysis) -> None:
    with speaking("nb"):
        assert build_report(analysis) == build_report(analysis)
        there = build_report(analysis)
    assert there == build_report(analysis)


def test_texts_of_markup_are_what_is_read_and_heard() -> None:
    markup = '<p aria-label="Film">Two films<b>×2</b></p><input placeholder="none"><i class="x"></i>'
    assert texts_in_markup(markup) == ["Film", "Two films", "none"]


def test_what_is_measured_in_one_language_can_be_said_in_another() -> None:
    with speaking("nb"):
        analysis = analyze(SAMPLES / "pogo_faults.mp4", Request(height_m=1.75))
    assert analysis.drill is not None and analysis.drill.name == "Pogo hops on the spot"
    assert build_report(analysis).reasons["vertical_stiffness_kn_m"].said == "the athlete's body weight was not entered"


def test_live_calls_and_words_are_said_in_the_language() -> None:
    assert sum_up(3, {"Long contact": [1, 3]}) == "3 reps. Long contact: reps 1 and 3"
    with speaking("nb"):
        assert start_words(load_drills()["squat"]) == "Ned og opp"
        assert sum_up(3, {"Lang kontakt": [1, 3]}) == "3 reps. Lang kontakt: reps 1 og 3"
        assert sum_up(2, {}) == "2 reps. Ingen feil funnet"


def test_a_value_that_is_a_word_is_said_in_the_language_too() -> None:
    late = SettingsError("there is no level '{level}': choose one of {names}.", level="x", names="beginner")
    with speaking("nb"):
        assert late.said == "nivået 'x' finnes ikke: velg ett av nybegynner."


def test_a_reason_without_its_values_stays_the_english_sentence() -> None:
    old = MessageOut(code="too_slow", message="the film has 30 frames per second, 50 are needed")
    unknown = MessageOut(code="gone", message="a sentence of another version")
    full = MessageOut(code="too_slow", values={"fps": 29.97, "least": 50.0}, message="…")
    with speaking("nb"):
        assert old.said == old.message
        assert unknown.said == unknown.message
        assert full.said == "filmen har 30 bilder per sekund, det trengs 50"


def test_thousands_are_parted_as_the_language_does() -> None:
    with speaking("nb"):
        assert number(50000, ",") == "50\N{NO-BREAK SPACE}000"


def test_catalogues_are_where_the_package_is() -> None:
    assert all(po_path(language).is_file() for language in OTHERS)
    assert Path(_.__code__.co_filename).parent.name == "language"


def test_nothing_else_is_called_by_the_name_of_the_translation() -> None:
    """`for _ in …` in a module that says texts with `_` would leave it without words."""
    wrong = []
    for path in Path(plumbline.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        says = any(isinstance(n, ast.ImportFrom) and "_" in (a.name for a in n.names) for n in ast.walk(tree))
        kept = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store)]
        wrong += [f"{path.name}:{n.lineno}" for n in kept if says]
    assert wrong == []
