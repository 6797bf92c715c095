"""Training plans: the coach's block, and the progressive plan, with the rules they keep."""

from __future__ import annotations

from plumbline.plan._adapt import Adapted, adapted, days_done, due, made_for, rest_of
from plumbline.plan._block import block, block_original
from plumbline.plan._export import earlier_calendar, eased_said, plan_csv, plan_html, plan_ics
from plumbline.plan._keep import KeptPlan, calendar_of, follow, from_entry, next_session, to_entry
from plumbline.plan._plan import (
    LEVELS,
    WEEKDAYS,
    Plan,
    PlannedDrill,
    PlannedSession,
    PlanRequest,
    week_choices,
    weekly_cap,
)
from plumbline.plan._progressive import progressive
from plumbline.plan._scale_back import scaled_back
from plumbline.plan._stride_gain import CAVEAT, MOST_CM, MOST_STEPS, stride_gain_m

__all__ = [
    "CAVEAT",
    "LEVELS",
    "MOST_CM",
    "MOST_STEPS",
    "WEEKDAYS",
    "Adapted",
    "KeptPlan",
    "Plan",
    "PlanRequest",
    "PlannedDrill",
    "PlannedSession",
    "adapted",
    "block",
    "block_original",
    "calendar_of",
    "days_done",
    "due",
    "earlier_calendar",
    "eased_said",
    "follow",
    "from_entry",
    "made_for",
    "next_session",
    "plan_csv",
    "plan_html",
    "plan_ics",
    "progressive",
    "rest_of",
    "scaled_back",
    "stride_gain_m",
    "to_entry",
    "week_choices",
    "weekly_cap",
]
