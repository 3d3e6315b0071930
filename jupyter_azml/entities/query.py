"""Which jobs are meant: by a list, or by a verb that takes many."""

from datetime import datetime
from typing import Literal

from .base import Entity
from .job import Job, JobStatus, JobType


class JobQuery(Entity):
    """All that is given has to hold. Names and text are compared without regard to case."""

    statuses: tuple[JobStatus, ...] = ()
    """Any of these."""
    type: JobType | None = None
    experiment: str | None = None
    compute: str | None = None
    tags: dict[str, str | None] = {}
    """A tag without a value is one that is there, whatever it says."""
    text: str = ""
    """Part of the name, display name, description or experiment."""
    created_after: datetime | None = None
    created_before: datetime | None = None
    parent: str | None = None
    """Name of the job that these belong to."""
    fingerprint: str = ""
    """Of jobs whose result depends on the same: ``Submission.fingerprint``; any, where it is empty."""
    archived: Literal["active", "archived", "all"] = "active"
    sort: Literal["created", "name", "display_name", "status", "experiment", "ended", "duration"] = "created"
    descending: bool = True

    def admits(self, job: Job) -> bool:
        """Whether the job is meant; for lists that nobody else filters. What it sorts by is left out of account."""
        tags = {name.lower(): value for name, value in job.tags.items()}
        texts = "\n".join((job.name, job.display_name, job.description, job.experiment)).lower()
        return (
            (not self.statuses or job.status in self.statuses)
            and self.type in (None, job.type)
            and _same(self.experiment, job.experiment)
            and _same(self.compute, job.compute)
            and _same(self.parent, job.parent or "")
            and self.fingerprint in ("", job.spec.fingerprint)
            and all(name.lower() in tags and value in (None, tags[name.lower()]) for name, value in self.tags.items())
            and self.text.lower() in texts
            and (self.created_after is None or job.created >= self.created_after)
            and (self.created_before is None or job.created < self.created_before)
            and (self.archived == "all" or job.archived == (self.archived == "archived"))
        )


def _same(asked: str | None, found: str) -> bool:
    return asked is None or asked.lower() == found.lower()
