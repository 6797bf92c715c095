"""How a model of constraints is solved: the same way each time, so that a plan can be made again.

OR-Tools takes a second to load, and who only looks at a plan does not need it: it is loaded where a plan is built.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from plumbline.errors import SettingsError

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

# Work after which the best plan so far is taken; counted, not timed, so that a slow machine finds the same.
MOST_WORK, MORE_WORK = 0.1, 10.0
GAP = 0.02


def empty_model() -> cp_model.CpModel:
    """A model without variables and rules."""
    from ortools.sat.python import cp_model

    return cp_model.CpModel()


def one_of(values: Iterable[int]) -> cp_model.Domain:
    """What a variable may be that has one of some values."""
    from ortools.sat.python import cp_model

    return cp_model.Domain.from_values([*values])


def solved(model: cp_model.CpModel) -> cp_model.CpSolver:
    """A solver with the values of a model's variables.

    Raises
    ------
    SettingsError
        When the rules contradict each other.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.relative_gap_limit = GAP
    for work in (MOST_WORK, MORE_WORK):
        solver.parameters.max_deterministic_time = work
        status = solver.solve(model)
        if status != cp_model.UNKNOWN:
            break
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise SettingsError("the plan's rules leave no plan: ease one of the limits in plan.toml, or give other days.")
    return solver
