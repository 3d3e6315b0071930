"""Jobs side by side, and the best of them."""

from typing import cast, get_args

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ...actions.best_job import Goal, best_job
from ...actions.compare_jobs import compare_jobs
from ...errors import UsageError
from ...language import _
from .base import AzmlHandler


class ComparisonHandler(AzmlHandler):
    """``?job=A&job=B``"""

    @authenticated
    @authorized
    async def get(self) -> None:
        names = self.get_query_arguments("job")
        self.answer(await self.ask(lambda workspace: compare_jobs(workspace, names)))


class BestHandler(AzmlHandler):
    """``?experiment=…&metric=…&goal=minimize``"""

    @authenticated
    @authorized
    async def get(self) -> None:
        experiment, metric = self.get_query_argument("experiment", ""), self.get_query_argument("metric", "")
        goal = self.get_query_argument("goal", "maximize")
        if not (experiment and metric) or goal not in get_args(Goal):
            raise UsageError(
                _("Which job is the best of what, by what?"),
                _("Say ?experiment=…&metric=…, and &goal=maximize or minimize."),
            )
        self.answer(await self.ask(lambda workspace: best_job(workspace, experiment, metric, cast(Goal, goal))))
