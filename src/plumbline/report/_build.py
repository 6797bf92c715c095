"""Turns an analysis into a report."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

import plumbline
from plumbline.analysis import Analysis, MeasuredRep
from plumbline.catalogue import Drill
from plumbline.errors import readable
from plumbline.faults import Verdict
from plumbline.messages import Message
from plumbline.metrics import Scale, Summary
from plumbline.quantity import Quantity
from plumbline.report._schema import (
    SCHEMA_ID,
    CameraOut,
    ClipOut,
    DrillOut,
    EventsOut,
    FaultCountOut,
    MessageOut,
    MovementOut,
    PoseOut,
    QuantityOut,
    RampOut,
    Report,
    RepOut,
    ScaleOut,
    SummaryMetricOut,
    SummaryOut,
    TiltOut,
    VerdictOut,
    WarningOut,
)
from plumbline.reps import Rep


def _number(x: float, digits: int = 5) -> float:
    return float(round(x, digits))


def _maybe(x: float) -> float | None:
    return _number(x) if np.isfinite(x) else None


def _quantity(q: Quantity) -> QuantityOut:
    return QuantityOut(value=_number(q.value), sd=_number(q.sd), unit=q.unit, common_sd=_number(q.common_sd))


def _verdict(v: Verdict) -> VerdictOut:
    return VerdictOut(
        fault=v.fault,
        label=v.label,
        verdict=v.verdict,
        metric=v.metric,
        value=_number(v.value),
        sd=_number(v.sd),
        unit=v.unit,
        limit=v.limit,
        message=v.message,
        cue=v.cue,
    )


def _events(r: Rep) -> EventsOut:
    return EventsOut(touchdown_s=_maybe(r.touchdown_s), toe_off_s=_maybe(r.toe_off_s), landing_s=_maybe(r.landing_s))


def _rep(m: MeasuredRep, by_hand: bool = False) -> RepOut:
    r = m.rep
    known = [s for s in (r.touchdown_sd_s, r.toe_off_sd_s, r.landing_sd_s) if np.isfinite(s)]
    return RepOut(
        index=r.index,
        stance=r.stance,  # type: ignore[arg-type]
        start_s=_number(r.start_s),
        end_s=_number(r.end_s),
        touchdown_s=_maybe(r.touchdown_s),
        toe_off_s=_maybe(r.toe_off_s),
        landing_s=_maybe(r.landing_s),
        event_sd_s=_number(max(known)) if known else None,
        touchdown_sd_s=_maybe(r.touchdown_sd_s),
        toe_off_sd_s=_maybe(r.toe_off_sd_s),
        landing_sd_s=_maybe(r.landing_sd_s),
        key_s=_number(r.key_s),
        source="hand" if by_hand else "edited" if m.automatic else "found",
        automatic=_events(m.automatic) if m.automatic else None,
        metrics={name: _quantity(q) for name, q in m.metrics.items()},
        verdicts=[_verdict(v) for v in m.verdicts],
    )


def _message(m: Message) -> MessageOut:
    return MessageOut(code=m.code, values=_values(m), message=m.message)


def _values(m: Message) -> dict[str, float | int | str | MessageOut]:
    out: dict[str, float | int | str | MessageOut] = {}
    for name, v in m.values.items():
        out[name] = _message(v) if isinstance(v, Message) else _number(v) if isinstance(v, float) else v
    return out


def _faults(analysis: Analysis) -> dict[str, FaultCountOut]:
    """Faults over the reps; a fault of the clip as a whole counts once, without reps."""
    out: dict[str, FaultCountOut] = {fault: FaultCountOut(count=0, reps=[]) for fault in sorted(analysis.called)}
    for m in analysis.reps:
        for v in m.with_outcome("fault"):
            entry = out.setdefault(v.fault, FaultCountOut(count=0, reps=[], called=False))
            entry.count += 1
            entry.reps.append(m.rep.index)
    for v in analysis.clip_verdicts:
        if v.verdict == "fault":
            out.setdefault(v.fault, FaultCountOut(count=1, reps=[]))
    return out


def _scale(s: Scale) -> ScaleOut:
    return ScaleOut(value=_number(s.value, 8), sd=_number(s.sd, 8), source=s.source)


def _movement(analysis: Analysis) -> MovementOut:
    path = analysis.footage.camera
    known = path.known
    shift = np.ptp(path.shift_px[known], axis=0) if known.any() else np.zeros(2)
    zoom = path.zoom[known] if known.any() else np.ones(1)
    return MovementOut(
        moves=path.moves,
        followed_fraction=_number(path.followed, 4),
        shift_px=(_number(shift[0], 1), _number(shift[1], 1)),
        zoom=(_number(zoom.min(), 4), _number(zoom.max(), 4)),
    )


def _camera(analysis: Analysis) -> CameraOut:
    tracks, tilt, best = analysis.tracks, analysis.tilt, analysis.scales.best
    return CameraOut(
        view=tracks.camera.view,
        facing=tracks.camera.facing,
        near_side=tracks.camera.near_side,
        off_side_deg=_number(tracks.camera.off_side_deg, 1),
        tilt_deg=TiltOut(
            value=_number(tilt.tilt_deg, 3),
            sd=_number(tilt.sd_deg, 3),
            unit="deg",
            source=tilt.source,
            corrected=tilt.corrected,
        ),
        movement=_movement(analysis),
        m_per_px=_scale(best) if best else None,
        scales=[_scale(s) for s in analysis.scales.found],
        body_height_px=_maybe(tracks.pose.body_height_px),
    )


def _summaries(found: dict[str, Summary]) -> dict[str, SummaryMetricOut]:
    return {
        name: SummaryMetricOut(
            mean=_number(s.mean),
            sd=_number(s.sd),
            ci95=(_number(s.ci95[0]), _number(s.ci95[1])),
            n=s.n,
            unit=s.unit,
            mean_sd=_number(s.mean_sd),
        )
        for name, s in found.items()
    }


def _drill_out(drill: Drill, analysis: Analysis) -> DrillOut:
    return DrillOut(id=drill.id, name=drill.name, confidence=_number(analysis.confidence, 2), judged=analysis.sure)


def build_report(analysis: Analysis) -> Report:
    """Everything that `analysis` found, as a validated report."""
    clip, pose, drill = analysis.clip, analysis.tracks.pose, analysis.drill
    by_hand = analysis.by_hand
    return Report(
        schema=SCHEMA_ID,
        version=plumbline.__version__,
        clip=ClipOut(
            name=readable(clip.path.name),
            sha256=analysis.footage.film_sha256,
            width=clip.width,
            height=clip.height,
            rotation_deg=clip.rotation_deg,
            container_fps=_number(clip.container_fps, 3),
            capture_fps=_number(clip.capture_fps, 3),
            capture_fps_source=clip.capture_fps_source,  # type: ignore[arg-type]
            frames=len(analysis.pose),
            duration_s=_number(clip.duration_s, 4),
            variable_frame_rate=clip.variable_frame_rate,
            ramp=RampOut(**asdict(clip.ramp)) if clip.ramp else None,
            time_scale=_number(clip.time_scale, 6),
        ),
        pose=PoseOut(
            model=analysis.pose.model,
            detected_fraction=_number(pose.seen_share, 4),
            repaired_fraction=_number(pose.swapped_share, 4),
            cutoff_hz=_number(pose.cutoff_hz, 2),
            velocity_cutoff_hz=_number(analysis.tracks.velocity_cutoff_hz, 2),
            people=len(analysis.footage.people),
            athlete=analysis.footage.people.choose(analysis.request.who) + 1,
            offsets_removed=analysis.request.unbias,
        ),
        camera=_camera(analysis),
        drill=_drill_out(drill, analysis) if drill else None,
        reps=[_rep(m, m.rep.index in by_hand) for m in analysis.reps],
        deleted_reps=[r.index for r in analysis.deleted],
        standing=_rep(analysis.standing) if analysis.standing else None,
        summary=SummaryOut(
            metrics=_summaries(analysis.summary),
            legs={side: _summaries(found) for side, found in analysis.legs.items()},
            faults=_faults(analysis),
            verdicts=[_verdict(v) for v in analysis.clip_verdicts],
        ),
        withheld={name: m.message for name, m in analysis.withheld.items()},
        reasons={name: _message(m) for name, m in analysis.withheld.items()},
        warnings=[
            WarningOut(code=w.code, values=_values(w), message=w.message, option=w.option) for w in analysis.warnings
        ],
    )
