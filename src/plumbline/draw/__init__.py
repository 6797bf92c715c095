"""Pictures: overlay on film, closing card, stills. No measuring happens here."""

from plumbline.draw._crowd import Crowd, crowd_of
from plumbline.draw._cut import SHAPES, Cut
from plumbline.draw._feet import feet
from plumbline.draw._film import FILM_LONG_EDGE, place_in_film, stills, write_film
from plumbline.draw._overlay import annotate, closing_card, draw_figure, draw_figure_in_film, draw_live
from plumbline.draw._scene import FrameScene, Scenes, build_scenes, live_scene
from plumbline.draw._window import Window, live_picture

__all__ = [
    "FILM_LONG_EDGE",
    "SHAPES",
    "Crowd",
    "Cut",
    "FrameScene",
    "Scenes",
    "Window",
    "annotate",
    "build_scenes",
    "closing_card",
    "crowd_of",
    "draw_figure",
    "draw_figure_in_film",
    "draw_live",
    "feet",
    "live_picture",
    "live_scene",
    "place_in_film",
    "stills",
    "write_film",
]
