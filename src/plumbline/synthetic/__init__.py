"""An athlete that obeys mechanics: bodies, movements, and landmarks as a pose model would give them.

Nothing here imports the measuring code, which is judged by it.
"""

from plumbline.synthetic.anatomy import anatomy_of, random_anatomy
from plumbline.synthetic.build import build
from plumbline.synthetic.casting import MOVEMENTS, cast
from plumbline.synthetic.gaits import running, walking
from plumbline.synthetic.jumping import jump
from plumbline.synthetic.movements import hops
from plumbline.synthetic.plan import Plan
from plumbline.synthetic.sensing import Phone, Sense, SensedFilm, sense
from plumbline.synthetic.skeleton import Anatomy, Movement, joint_positions
from plumbline.synthetic.slow import dips, marching

__all__ = [
    "MOVEMENTS",
    "Anatomy",
    "Movement",
    "Phone",
    "Plan",
    "Sense",
    "SensedFilm",
    "anatomy_of",
    "build",
    "cast",
    "dips",
    "hops",
    "joint_positions",
    "jump",
    "marching",
    "random_anatomy",
    "running",
    "sense",
    "walking",
]
