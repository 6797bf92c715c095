"""`plumbline app` and the double-click starters."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from plumbline.cli import main; main()", "app"]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether the page comes within a minute and a half."""
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def stopped(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX's")
@pytest.mark.parametrize("way", ["command", "starter"])
def test_the_page_starts(way: str, tmp_path: Path) -> None:
    if way == "starter" and shutil.which("uv") is None:
        pytest.skip("uv is not installed: python -m pip install uv")
    port = free_port()
    command = COMMAND if way == "command" else [str(ROOT / "start" / "plumbline-linux.sh")]
    environment = {
        **os.environ,
        "PLUMBLINE_CACHE": str(tmp_path),
        "UV_PROJECT_ENVIRONMENT": sys.prefix,
        "UV_NO_SYNC": "1",
    }
    process = subprocess.Popen(
        [*command, "--no-browser", "--port", str(port)], cwd=tmp_path, env=environment, start_new_session=True
    )
    try:
        assert answers(process, port)
    finally:
        stopped(process)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the desktop entry is Linux's")
def test_a_shortcut_is_put_on_the_desktop(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    done = subprocess.run([*COMMAND, "--shortcut"], env=environment, capture_output=True, text=True, check=True)
    entry = tmp_path / "Desktop" / "Plumbline.desktop"
    assert str(entry) in done.stdout
    words = entry.read_text()
    assert words.startswith("[Desktop Entry]")
    assert f'Exec="{sys.executable}"' in words
    assert os.access(entry, os.X_OK)


@pytest.mark.parametrize("name", ["plumbline-linux.sh", "plumbline-macos.command"])
def test_a_starter_is_a_script_that_can_be_run(name: str) -> None:
    script = ROOT / "start" / name
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", str(script)], check=True)
