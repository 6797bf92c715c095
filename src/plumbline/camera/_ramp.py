"""Slow motion that begins and ends within a film."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray


@dataclass(frozen=True)
class Ramp:
    """A film that changes its speed: slowed between two instants, not outside.

    Attributes
    ----------
    start_s, end_s : float
        On the film's own clock.
    factor : float
        Film seconds per real second in between, above 1.
    """

    start_s: float
    end_s: float
    factor: float

    def real_s(self, film_s: FloatArray) -> FloatArray:
        """Real time (...) in s of instants `film_s` (...) on the film's own clock."""
        slowed = np.clip(film_s, self.start_s, self.end_s) - self.start_s
        return np.asarray(film_s - slowed * (1 - 1 / self.factor))

    def film_s(self, real_s: FloatArray) -> FloatArray:
        """The film's own time (...) in s of real instants `real_s` (...)."""
        fast = np.clip(real_s - self.start_s, 0, (self.end_s - self.start_s) / self.factor)
        return np.asarray(real_s + fast * (self.factor - 1))
