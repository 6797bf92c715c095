from __future__ import annotations

import numpy as np
import pytest

from plumbline.errors import SettingsError
from plumbline.validation import agreement, read_truth


def test_bias_limits_and_rmse() -> None:
    a = agreement([1.0, 2.0, 3.0], [1.0, 1.0, 1.0])
    assert (a.n, a.bias, a.median_abs) == (3, 2.0, 2.0)
    assert a.loa_high - a.bias == pytest.approx(1.96)
    assert a.rmse == pytest.approx(np.sqrt(14 / 3))
    assert a.coverage == pytest.approx(1 / 3)


def test_one_error_has_no_spread_and_no_nan_in_json() -> None:
    a = agreement([0.5])
    assert a.loa_low == a.loa_high == 0.5
    assert a.as_dict()["coverage"] is None


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "other"}', "{"])
def test_a_file_that_is_no_truth_is_refused(text: str, tmp_path) -> None:
    path = tmp_path / "x.truth.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match="truth file"):
        read_truth(path)
