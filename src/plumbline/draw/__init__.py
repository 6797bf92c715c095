"""Pictures: overlay on film, summary, stills. No measuring happens here."""

from plumbline.draw._board import Board, jpeg_of, live_picture, picture_of
from plumbline.draw._crowd import Crowd, crowd_of
from plumbline.draw._cut import SHAPES, Cut
from plumbline.draw._feet import feet
from plumbline.draw._film import FILM_LONG_EDGE, place_in_film, read_logo, stills, write_film
from plumbline.draw._overlay import annotate, draw_figure, draw_figure_in_film, draw_live
from plumbline.draw._scene import FrameScene, Scenes, build_scenes, live_scene
from plumbline.draw._window import ScreenWindow

__all__ = [
    "FILM_LONG_EDGE",
    "SHAPES",
    "Board",
    "Crowd",
    "Cut",
    "FrameScene",
    "Scenes",
    "ScreenWindow",
    "annotate",
    "build_scenes",
    "crowd_of",
    "draw_figure",
    "draw_figure_in_film",
    "draw_live",
    "feet",
    "jpeg_of",
    "live_picture",
    "live_scene",
    "picture_of",
    "place_in_film",
    "read_logo",
    "stills",
    "write_film",
]
