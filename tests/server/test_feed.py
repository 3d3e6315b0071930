"""What pages are told by one look: slow ones, late ones, and those that follow a job that is gone."""

import asyncio
import json
import math
from collections.abc import Mapping

import pytest

from jupyter_azml.entities import EventBatch, JobStatus, LogLines, MetricPoint, MetricPoints, StatusChanged
from jupyter_azml.server.detail import MOST, lessened
from jupyter_azml.server.feed import Feed, Subscription
from tests.fakes.workspace import NOON, FakeJobs, FakeWorkspace, make_job


class CountedJobs(FakeJobs):
    """Each job's story is a list of lines; its cursor is how many were read."""

    pause = 0.01

    def __init__(self, *names: str) -> None:
        super().__init__([make_job(name) for name in names])
        self.stories: dict[str, list[str]] = {name: [] for name in names}
        self.asked: list[dict[str, str]] = []

    def events(self, cursors: Mapping[str, str], *, brief: bool = False) -> EventBatch:
        assert brief
        self.asked.append(dict(cursors))
        events, following = [], {}
        for name, cursor in cursors.items():
            job = self.get(name)
            story = self.stories[name]
            if "damaged" in story:
                raise KeyError("damaged")
            following[name] = str(len(story))
            events += [
                LogLines(job=job.name, at=NOON, cell=1, stream="stdout", text=text)
                for text in story[int(cursor or 0) :]
            ]
            if job.status.is_terminal:
                events.append(StatusChanged(job=job.name, status=job.status))
        return EventBatch(events=tuple(events), cursors=following)


class FakePage:
    def __init__(self, **cursors: str) -> None:
        self.subscriptions = {name: Subscription(cursor) for name, cursor in cursors.items()}
        self.language = None
        self.ready = True
        self.told: list[dict] = []
        self.errors: list[tuple[str | None, str]] = []
        self.closed = 0

    def is_ready(self) -> bool:
        return self.ready

    def push(self, messages: list[str]) -> None:
        self.told += map(json.loads, messages)

    def tell_error(self, job, error) -> None:
        self.errors.append((job, error.code))

    def close(self, code: int) -> None:
        self.closed = code

    def text(self, job: str) -> str:
        return "".join(
            event["text"]
            for message in self.told
            if message["job"] == job
            for event in message["events"]
            if "text" in event
        )


class Rig:
    def __init__(self, jobs: CountedJobs) -> None:
        self._workspace = FakeWorkspace()
        self._workspace.jobs = jobs
        self.bugs: list[BaseException] = []
        self.feed = Feed(self, self.bugs.append)

    async def __aenter__(self) -> "Rig":
        return self

    async def __aexit__(self, *error: object) -> None:
        if task := self.feed._task:
            task.cancel()
            await asyncio.wait([task])

    def workspace(self):
        return self._workspace


async def until(condition) -> None:
    for _attempt in range(1000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to pass")


async def test_pages_that_are_equally_far_share_one_look():
    jobs = CountedJobs("a", "b")
    pages = [FakePage(a="", b="") for _ in range(5)]
    async with Rig(jobs) as rig:
        for page in pages:
            rig.feed.join(page)
        for text in ("1", "2", "3"):
            jobs.stories["a"].append(text)
            await until(lambda text=text: all(page.text("a").endswith(text) for page in pages))
        assert [asked for asked in jobs.asked if asked["a"] == ""] == [{"a": "", "b": ""}]
        assert {page.text("a") for page in pages} == {"123"}


async def test_a_slow_page_is_left_alone_and_then_told_all_since_its_own_cursor():
    jobs = CountedJobs("a")
    slow, quick = FakePage(a=""), FakePage(a="")
    async with Rig(jobs) as rig:
        rig.feed.join(slow)
        rig.feed.join(quick)
        jobs.stories["a"].append("1")
        await until(lambda: slow.text("a") == quick.text("a") == "1")
        slow.ready = False
        for text in "2345":
            jobs.stories["a"].append(text)
            await until(lambda text=text: quick.text("a").endswith(text))
        assert slow.text("a") == "1"
        slow.ready = True
        await until(lambda: slow.text("a") == "12345")
        for page in (slow, quick):
            # Each message goes on where the one before it ended.
            assert [m["since"] for m in page.told] == ["", *(m["cursor"] for m in page.told[:-1])]


async def test_the_end_of_a_job_is_the_last_that_is_told_of_it():
    jobs = CountedJobs("a")
    page = FakePage(a="")
    async with Rig(jobs) as rig:
        rig.feed.join(page)
        jobs.stories["a"].append("last words")
        jobs.put(make_job("a", JobStatus.COMPLETED))
        await until(lambda: not page.subscriptions)
        assert page.told[-1]["events"][-1]["status"] == "Completed"
        assert page.text("a") == "last words"


async def test_a_job_that_is_gone_or_damaged_keeps_no_other_from_being_told_of():
    jobs = CountedJobs("a", "b", "c")
    page = FakePage(a="", b="", c="", nobody="")
    async with Rig(jobs) as rig:
        jobs.stories["b"].append("damaged")
        jobs.stories["a"].append("1")
        rig.feed.join(page)
        await until(lambda: page.text("a") == "1")
        assert sorted(page.errors) == [("b", "WorkspaceDamaged"), ("nobody", "JobNotFound")]
        assert set(page.subscriptions) == {"a", "c"}
        assert [type(bug) for bug in rig.bugs] == [KeyError]


async def test_with_nobody_there_nothing_is_asked():
    jobs = CountedJobs("a")
    page = FakePage(a="")
    async with Rig(jobs) as rig:
        rig.feed.join(page)
        await until(lambda: jobs.asked)
        rig.feed.leave(page)
        await until(rig.feed._task.done)
        asked = len(jobs.asked)
        rig.feed.join(FakePage())
        await asyncio.sleep(0.05)
        assert len(jobs.asked) == asked


def points(values, key="loss"):
    return [MetricPoint(key=key, value=value, step=n, timestamp=n) for n, value in enumerate(values)]


def test_a_burst_of_points_keeps_lowest_highest_and_last():
    values = [float(n % 7) for n in range(20_000)]
    values[1234], values[9876], values[-1] = -50.0, 50.0, math.nan
    (event,) = lessened([MetricPoints(job="a", points=(*points(values), *points([1.0, 2.0], "few")))])
    told = [point for point in event.points if point.key == "loss"]
    assert len(told) <= MOST
    by_step = {point.step: point.value for point in told}
    assert (by_step[1234], by_step[9876], math.isnan(told[-1].value)) == (-50, 50, True)
    assert [point.step for point in told] == sorted(by_step)
    assert [point.value for point in event.points if point.key == "few"] == [1, 2]


@pytest.mark.parametrize("count", [1, 150, MOST])
def test_what_is_no_burst_is_told_as_it_is(count):
    event = MetricPoints(job="a", points=tuple(points([float(n) for n in range(count)])))
    assert list(lessened([event])) == [event]
