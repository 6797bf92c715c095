"""Plumbline: side-view film of hops, landings and balance in, per-rep report out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from plumbline.analysis import Analysis, analyze
    from plumbline.errors import PlumblineError

__all__ = ["Analysis", "PlumblineError", "__version__", "analyze"]


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that `import plumbline` and `plumbline --help` are instant.
    if name in ("Analysis", "analyze"):
        from plumbline import analysis

        return getattr(analysis, name)
    if name == "PlumblineError":
        from plumbline.errors import PlumblineError

        return PlumblineError
    raise AttributeError(f"module 'plumbline' has no attribute {name!r}")
