"""What a longer step adds up to."""

from __future__ import annotations

from plumbline.errors import SettingsError
from plumbline.language import N_

CAVEAT = N_(
    "This is arithmetic, not a forecast: a longer step at the same cadence is a faster run, which costs more energy. "
    "Studies find gains in running economy after more than 7 weeks and 15 sessions, and trivial ones from jumps alone."
)
# Beyond these the question is a slip of the pen.
MOST_CM, MOST_STEPS = 100.0, 1_000_000


def stride_gain_m(cm_per_step: float, steps: int) -> float:
    """Metres gained over a number of steps.

    Parameters
    ----------
    cm_per_step : float
        What each step is longer, cm.
    steps : int

    Returns
    -------
    float
        m.

    Raises
    ------
    SettingsError
        When a number makes no sense.

    Examples
    --------
    >>> stride_gain_m(10, 30_000)
    3000.0
    """
    if not 0 <= cm_per_step <= MOST_CM or not 0 <= steps <= MOST_STEPS:
        raise SettingsError(
            "give 0 to {most_cm:g} cm a step and 0 to {most_steps} steps.", most_cm=MOST_CM, most_steps=MOST_STEPS
        )
    return cm_per_step * steps / 100
