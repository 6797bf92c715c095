"""The database's tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, DateTime, Float, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)


class AthleteRow(Base):
    """An athlete."""

    __tablename__ = "athlete"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    height_m: Mapped[float | None] = mapped_column(Float)
    mass_kg: Mapped[float | None] = mapped_column(Float)
    level: Mapped[str] = mapped_column(String(20))
    notes: Mapped[str] = mapped_column(Text)
    headline: Mapped[dict[str, str]] = mapped_column(JSON, server_default="{}")
    changed: Mapped[datetime | None] = mapped_column(DateTime)
    plans: Mapped[list[PlanRow]] = relationship(cascade="all, delete-orphan")
    sessions: Mapped[list[SessionRow]] = relationship(back_populates="athlete", cascade="all, delete-orphan")


class SessionRow(Base):
    """A session; by `changed` a writer notices another, `deleted` lets a deletion be undone."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    athlete_id: Mapped[str] = mapped_column(ForeignKey("athlete.id"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    kind: Mapped[str] = mapped_column(String(20))
    effort: Mapped[float | None] = mapped_column(Float)
    minutes: Mapped[float | None] = mapped_column(Float)
    notes: Mapped[str] = mapped_column(Text)
    discomfort: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    changed: Mapped[datetime] = mapped_column(DateTime)
    deleted: Mapped[datetime | None] = mapped_column(DateTime, index=True)
    athlete: Mapped[AthleteRow] = relationship(back_populates="sessions")
    sets: Mapped[list[SetRow]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="SetRow.place"
    )


class SetRow(Base):
    """A drill set."""

    __tablename__ = "drill_set"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    drill: Mapped[str] = mapped_column(String(60), index=True)
    side: Mapped[str] = mapped_column(String(8))
    reps: Mapped[int] = mapped_column(Integer)
    contacts: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(8))
    film: Mapped[str] = mapped_column(String(255))
    film_sha256: Mapped[str] = mapped_column(String(64))
    report: Mapped[str] = mapped_column(String(1024))
    notes: Mapped[str] = mapped_column(Text)
    protocol: Mapped[str] = mapped_column(String(40), server_default="")
    session: Mapped[SessionRow] = relationship(back_populates="sets")
    metrics: Mapped[list[MetricRow]] = relationship(cascade="all, delete-orphan", order_by="MetricRow.name")
    faults: Mapped[list[FaultRow]] = relationship(cascade="all, delete-orphan", order_by="FaultRow.fault")


class MetricRow(Base):
    """A metric of a set."""

    __tablename__ = "metric"

    set_id: Mapped[str] = mapped_column(ForeignKey("drill_set.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    mean: Mapped[float] = mapped_column(Float)
    sd: Mapped[float] = mapped_column(Float)
    n: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(String(20))
    common_sd: Mapped[float | None] = mapped_column(Float)
    rep_sd: Mapped[float | None] = mapped_column(Float)


class PlanRow(Base):
    """An athlete's plan: what was asked for and what it holds, as the plan's own code reads it."""

    __tablename__ = "plan"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    athlete_id: Mapped[str] = mapped_column(ForeignKey("athlete.id"), index=True)
    made: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(120))
    body: Mapped[dict[str, object]] = mapped_column(JSON)
    changed: Mapped[datetime] = mapped_column(DateTime)


class FaultRow(Base):
    """A fault's count in a set."""

    __tablename__ = "fault"

    set_id: Mapped[str] = mapped_column(ForeignKey("drill_set.id"), primary_key=True)
    fault: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(120))
    count: Mapped[int] = mapped_column(Integer)
