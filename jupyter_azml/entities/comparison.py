"""Jobs side by side; or versions of models, which take their place."""

from typing import Literal

from pydantic import JsonValue, computed_field

from .base import Entity
from .job import MetricSummary

FactKind = Literal["about", "model", "parameter", "input", "environment", "git", "file"]


class Fact(Entity):
    """One thing about each of the jobs, or of the models, in their order."""

    kind: FactKind
    name: str
    values: tuple[JsonValue, ...]
    """None where the job has no such thing."""

    @computed_field  # type: ignore[prop-decorator]  # mypy has no support for it yet
    @property
    def differs(self) -> bool:
        return any(value != self.values[0] for value in self.values)


class ComparedMetric(Entity):
    key: str
    summaries: tuple[MetricSummary | None, ...]


class SourceChange(Entity):
    """What was written otherwise than in the first job."""

    job: str
    text: str
    """A diff; empty when nothing was."""


class Comparison(Entity):
    jobs: tuple[str, ...]
    titles: tuple[str, ...]
    """The display names."""
    facts: tuple[Fact, ...]
    metrics: tuple[ComparedMetric, ...]
    changes: tuple[SourceChange, ...]
    """Of every job but the first; none where there is no source to compare."""
