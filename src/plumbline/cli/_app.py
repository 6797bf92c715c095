"""Starts the page in the browser, and puts a shortcut to it on the desktop."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from platformdirs import user_desktop_path

from plumbline.errors import OutputError
from plumbline.resources import DATA, data_file, read_toml

PAGE = DATA.parent / "app" / "page.py"
WINDOWS_LINK = (
    "$s = (New-Object -ComObject WScript.Shell).CreateShortcut('{}');"
    "$s.TargetPath = '{}'; $s.Arguments = '{}'; $s.Save()"
)


def app_command(port: int | None, browser: bool) -> list[str]:
    """The command that serves the page, with the settings of `.streamlit/config.toml`."""
    settings = dict(_flat(read_toml(data_file("streamlit.toml", ".streamlit/config.toml"))))
    settings["server.headless"] = str(not browser).lower()
    if port is not None:
        settings["server.port"] = str(port)
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(PAGE), *options]


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value).lower() if isinstance(value, bool) else str(value)


def run_app(port: int | None, browser: bool) -> int:
    """Serve the page until it is stopped; its exit status."""
    try:
        return subprocess.run(app_command(port, browser), check=False).returncode
    except KeyboardInterrupt:
        return 0


def make_shortcut() -> Path:
    """Put a shortcut that starts the page on the desktop.

    Raises
    ------
    OutputError
        When the desktop cannot be written to.
    """
    command = [sys.executable, "-c", "from plumbline.cli import main; main()", "app"]
    try:
        return _shortcut(user_desktop_path(), command)
    except (OSError, subprocess.CalledProcessError) as error:
        raise OutputError("the shortcut cannot be put on the desktop: {error}.", error=error) from error


def _shortcut(desktop: Path, command: list[str]) -> Path:
    desktop.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        link = desktop / "Plumbline.lnk"
        parts = (str(link), command[0], subprocess.list2cmdline(command[1:]))
        script = WINDOWS_LINK.format(*(part.replace("'", "''") for part in parts))
        subprocess.run(["powershell", "-NoProfile", "-Command", script], check=True)
        return link
    line = shlex.join(command)
    if sys.platform == "darwin":
        link, text = desktop / "Plumbline.command", f"#!/bin/sh\nexec {line}\n"
    else:
        link = desktop / "Plumbline.desktop"
        quoted = " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in command)
        icon = PAGE.parent / "static" / "icon.svg"
        text = (
            f"[Desktop Entry]\nType=Application\nName=Plumbline\nComment=Side-view film, rep by rep\n"
            f"Exec={quoted}\nIcon={icon}\nTerminal=true\n"
        )
    link.write_text(text, encoding="utf-8")
    link.chmod(0o755)
    return link


def run(port: int | None, browser: bool, shortcut: bool) -> int:
    """Start the page, or make the shortcut and say where it is."""
    if shortcut:
        typer.echo(f"Shortcut: {make_shortcut()}")
        return 0
    return run_app(port, browser)
