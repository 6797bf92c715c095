"""The command line."""

from plumbline.cli._main import app, main

__all__ = ["app", "main"]
