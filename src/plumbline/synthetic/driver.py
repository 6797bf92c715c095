"""Drawing off screen: what there is on this machine to draw with, and its programs."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import moderngl


class NoDriverError(RuntimeError):
    """There is nothing on this machine that draws."""


def open_context() -> moderngl.Context:
    """Start drawing off screen.

    Raises
    ------
    NoDriverError
        When the extra `render` is not installed, or there is no OpenGL driver.
    """
    try:
        import moderngl
    except ImportError as error:
        raise NoDriverError("the extra `render` is not installed") from error
    backends: tuple[dict[str, Any], ...] = ({"backend": "egl"}, {})
    for backend in backends:
        try:
            return moderngl.create_context(standalone=True, require=330, **backend)
        except Exception as error:  # the library raises plain Exception when it finds no driver
            reason = error
    raise NoDriverError(f"there is no OpenGL driver ({str(reason).splitlines()[0]})") from reason


def _source(name: str) -> str:
    folder = files("plumbline.synthetic") / "shaders"
    text = (folder / name).read_text(encoding="utf-8")
    for part in ("noise", "bones", "light"):
        if f"#include {part}\n" in text:
            text = text.replace(f"#include {part}\n", (folder / f"{part}.glsl").read_text(encoding="utf-8"))
    return text


def set_values(program: Any, **values: Any) -> None:
    """Set what of the values the program uses."""
    for name, value in values.items():
        if name in program:
            if isinstance(value, np.ndarray):
                program[name].write(np.ascontiguousarray(value, np.float32).tobytes())
            else:
                program[name].value = value


def program_of(ctx: moderngl.Context, vertex: str, fragment: str) -> Any:
    """A program from two of the shaders beside this module."""
    return ctx.program(vertex_shader=_source(vertex), fragment_shader=_source(fragment))
