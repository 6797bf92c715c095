"""An athlete that obeys mechanics: bodies, movements, and landmarks as a pose model would give them.

Nothing here imports the measuring code, which is judged by it.
"""

from plumbline.synthetic.athlete.anatomy import anatomy_of, random_anatomy
from plumbline.synthetic.athlete.build import build
from plumbline.synthetic.athlete.casting import MOVEMENTS, cast
from plumbline.synthetic.athlete.gaits import running, walking
from plumbline.synthetic.athlete.movements import hops, jump
from plumbline.synthetic.athlete.plan import Plan
from plumbline.synthetic.athlete.sensing import Phone, Seen, Sense, sense
from plumbline.synthetic.athlete.skeleton import Anatomy, Movement, joint_positions
from plumbline.synthetic.athlete.slow import dips, marching

__all__ = [
    "MOVEMENTS",
    "Anatomy",
    "Movement",
    "Phone",
    "Plan",
    "Seen",
    "Sense",
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
