"""Shows the pose model every athlete facing left.

MediaPipe's landmark model is not the same mirrored: of an athlete who faces right it
flattens the knee's movement by a fifth, of the same film mirrored by a twentieth.
So films of athletes who face right are mirrored
before the model sees them, and the landmarks mirrored back.
"""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.pose.landmarks import Landmark

# Row of each landmark's counterpart on the other side.
COUNTERPART = [
    Landmark[name.replace("LEFT", "~").replace("RIGHT", "LEFT").replace("~", "RIGHT")].value
    for name in Landmark.__members__
]


def mirror_back(found: FloatArray) -> FloatArray:
    """Landmarks of a mirrored picture, in the picture as it was.

    Parameters
    ----------
    found : (k, 33, 3)
        x and y as shares of the picture's width and height, and visibility, of k people.

    Returns
    -------
    (k, 33, 3)
        The same units, left and right exchanged back.
    """
    out = np.array(found[:, COUNTERPART], float)
    out[..., 0] = 1 - out[..., 0]
    return out


def facing_votes(xy: FloatArray) -> FloatArray:
    """How far toes lie ahead of heels and the nose ahead of the ears.

    Parameters
    ----------
    xy : (n, 33, 2 or more)
        Landmarks in any one unit.

    Returns
    -------
    (n,)
        In the same unit, positive when they point to the right of the picture; NaN where one is missing.
    """
    toes = xy[:, [Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX], 0].mean(axis=1)
    heels = xy[:, [Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL], 0].mean(axis=1)
    ears = xy[:, [Landmark.LEFT_EAR, Landmark.RIGHT_EAR], 0].mean(axis=1)
    return np.asarray((toes - heels) + (xy[:, Landmark.NOSE, 0] - ears))
