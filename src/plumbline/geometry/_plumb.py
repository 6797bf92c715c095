"""The plumb line: how far ear, shoulder, hip and knee are ahead of the ankle."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray

PLUMB_JOINTS = ("ear", "shoulder", "hip", "knee", "ankle")


def plumb_offsets(chain: FloatArray, forward: int, body_height_px: float) -> FloatArray:
    """Forward offset of each joint from the vertical through the ankle.

    Parameters
    ----------
    chain : (..., 5, 2)
        Ear, shoulder, hip, knee, ankle in px.
    forward : int
        +1 when forward is image right, -1 when left.
    body_height_px : float
        The ankle-to-ear chain, `CleanPose.body_height_px`.

    Returns
    -------
    (..., 5)
        %BH, forward positive; the ankle's own is 0.
    """
    x = forward * np.asarray(chain)[..., 0]
    return np.asarray((x - x[..., -1:]) / body_height_px * 100)
