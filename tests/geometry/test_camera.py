from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.geometry import find_view
from tests.athletes import JITTER, landmarks, take


@pytest.mark.parametrize(("facing", "side"), [(1, "right"), (-1, "left")])
def test_facing_and_near_side(facing: int, side: str) -> None:
    pose, _ = landmarks(take("standing"), replace(JITTER, swap_share=0.3), facing=facing)
    view = find_view(pose.xy)
    assert (view.view, view.facing, view.near_side, view.facing_sure) == ("side", side, side, True)
    assert view.forward == facing


def test_a_figure_turned_to_the_camera_is_not_side_on() -> None:
    pose, _ = landmarks(take("standing"), JITTER)
    xy = pose.xy.copy()
    trunk = np.median(np.linalg.norm(xy[:, 11] - xy[:, 23], axis=-1))
    for left, right, half in ((11, 12, 0.36), (23, 24, 0.22)):
        xy[:, left, 0] += half * trunk
        xy[:, right, 0] -= half * trunk
    assert find_view(xy).view == "front"
