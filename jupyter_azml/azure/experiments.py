"""Experiments of an Azure ML workspace. ARM does not list them: run history does, which is not spoken yet."""

from ..entities import Experiment, Page
from ..errors import NotSupported
from ..language import _
from ..workspace import ExperimentsOperations


class AzureExperiments(ExperimentsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Experiment]:
        """Raises NotSupported."""
        raise NotSupported(
            _("Experiments in Azure cannot be listed yet."),
            _("`azml job list --experiment NAME` lists the jobs of one."),
        )
