"""Plumbline: side-view film of hops, landings and balance in, per-rep report out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from plumbline.analysis import Analysis
    from plumbline.errors import PlumblineError
    from plumbline.pipeline import analyze
    from plumbline.request import Request

__all__ = ["Analysis", "PlumblineError", "Request", "__version__", "analyze"]

HOMES = {"Analysis": "analysis", "PlumblineError": "errors", "Request": "request", "analyze": "pipeline"}


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that `import plumbline` and `plumbline --help` are instant.
    if name in HOMES:
        return getattr(import_module(f"plumbline.{HOMES[name]}"), name)
    raise AttributeError(f"module 'plumbline' has no attribute {name!r}")
