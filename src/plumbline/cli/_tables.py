"""What the command line prints."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plumbline.catalogue import MetricLabel, Rule, headline_metrics
from plumbline.cli._console import console as new_console
from plumbline.estimation import list_bundles
from plumbline.language import _, say
from plumbline.report import Report, RepOut, beside, faults_judged, faults_of_clip, headline, no_findings
from plumbline.request import Limits

STYLES = {"fault": "bold red", "borderline": "yellow", "ok": "green", "plain": "dim"}
MARKS = {"fault": "!", "borderline": "?"}


def _findings(rep: RepOut, of_set: frozenset[str]) -> str:
    verdicts = sorted(rep.verdicts, key=lambda v: v.verdict != "fault")
    words = [
        f"[{STYLES[v.verdict]}]{MARKS[v.verdict]} {escape(say(v.label))}[/]" for v in verdicts if v.verdict in MARKS
    ]
    none = no_findings(rep, of_set)
    return ", ".join(words) or f"[{STYLES[none['tone']]}]{none['words']}[/]"


def _print_cues(console: Console, report: Report) -> None:
    """Each fault of the set once, with what to say; then what single reps have."""
    for fault in faults_of_clip(report):
        console.print(f"[bold]{escape(fault['label'])}[/]: {escape(fault['cue'])}")
    for words in beside(report):
        console.print(escape(words))


def _that_fit(report: Report, room: int) -> list[MetricLabel]:
    """Columns for which the line has room: what the findings are about first, then the table's order."""
    columns = headline_metrics({n for r in report.reps for n in r.metrics})
    judged = {v.metric for r in report.reps for v in r.verdicts if v.verdict in MARKS}
    kept = sorted(columns, key=lambda c: c.name not in judged)[:room]
    return [c for c in columns if c in kept]


def print_report(report: Report, written: list[Path]) -> None:
    """Print the table of reps, what to work on, warnings, and the files written."""
    console = new_console()
    console.print(f"[bold]{escape(report.clip.name)}[/]: {escape(headline(report))}")
    if report.reps:
        table = Table(show_edge=False, pad_edge=False)
        table.add_column(_("rep"), justify="right", no_wrap=True, min_width=3)
        columns = _that_fit(report, max(2, (console.width - 34) // 14))
        for c in columns:
            table.add_column(c.heading, justify="right", no_wrap=True)
        table.add_column(_("findings"), min_width=22)
        of_set = faults_judged(report)
        for rep in report.reps:
            cells = []
            for c in columns:
                q = rep.metrics.get(c.name)
                cells.append((c.with_sd(q.value, q.sd).replace(" ± ", "±")) if q else "-")
            table.add_row(str(rep.index), *cells, _findings(rep, of_set))
        console.print(table)
    _print_cues(console, report)
    for w in report.warnings:
        option = f" ({w.option})" if w.option else ""
        console.print(_("[yellow]Note:[/] {message}", message=escape(w.said + option)))
    if written:
        names = ", ".join(p.name for p in written)
        console.print(_("Written to {folder}: {names}", folder=escape(str(written[0].parent)), names=names))


def _limit(rule: Rule) -> str:
    parts = [] if rule.below is None else [_("below {limit:g}", limit=rule.below)]
    parts += [] if rule.above is None else [_("above {limit:g}", limit=rule.above)]
    if rule.moves_with:
        moves = {"by": rule.moves_by, "metric": rule.moves_with, "start": rule.moves_from}
        parts[-1] += _(", {by:+g} for each {metric} beyond {start:g}", **moves)
    return _(" or ").join(parts)


def print_faults(limits: Path | None) -> None:
    """Print the rules in force, one block a row."""
    console = new_console()
    for rule in Limits.load(limits).rules:
        console.print(f"[bold]{escape(rule.id)}[/]  {escape(say(rule.label))}: {escape(say(rule.message))}")
        console.print(f"  {escape(rule.metric)} {escape(_limit(rule))}   [dim]({escape(say(rule.origin))})[/]")
        console.print(escape("  " + _("drills: {names}", names=", ".join(rule.drills))))
        console.print(escape("  " + _("say: {cue}", cue=say(rule.cue))))


def print_models() -> None:
    """Print the pose models and their state."""
    console = new_console()
    for b in list_bundles():
        console.print(f"[bold]{escape(b.name)}[/]  {b.state}  {escape(b.licence)}  {escape(b.origin)}", soft_wrap=True)
