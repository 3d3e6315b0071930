"""A job of type command, in its worker."""

import os
import shutil
import sys
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any

from ..entities import CommandSpec, Job, JobStatus, Reason
from ..errors import AzmlError
from ..execution.cancellation import CanceledError, Cancellation
from ..execution.command import CommandOutcome, run_command
from ..execution.distribution import processes_of
from ..execution.journal import CellJournal
from ..execution.substitution import substitute
from .command_data import (
    asset_facts,
    bring_input,
    explain,
    output_facts,
    place_of_output,
    prepare_output,
    upload,
)
from .paths import JobPaths, WorkspacePaths


def run_command_job(
    paths: WorkspacePaths, folder: JobPaths, job: Job, cancellation: Cancellation, mask: Sequence[str] = ()
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    """``os.environ`` is the job's, and its code is unpacked. What comes third goes into result.json."""
    if not isinstance(job.spec, CommandSpec):
        raise TypeError(job.spec)
    journal = CellJournal(folder.events, folder.std_log, mask)
    try:
        run = _CommandRun(paths, folder, job, job.spec)
        outcome = run.bring_inputs(cancellation) or run.execute(journal, cancellation)
        outcome = run.keep_outputs(outcome)
        return outcome.status, outcome.reason, run.facts
    finally:
        journal.close()


class _CommandRun:
    def __init__(self, paths: WorkspacePaths, folder: JobPaths, job: Job, spec: CommandSpec) -> None:
        self.facts: dict[str, Any] = {"outputs": {}, "assets": []}
        self._paths = paths
        self._folder = folder
        self._job = job
        self._spec = spec
        self._inputs: dict[str, str] = {}
        self._outputs: dict[str, str] = {}
        self._places = {name: place_of_output(paths, job, name, output) for name, output in spec.outputs.items()}

    def bring_inputs(self, cancellation: Cancellation) -> CommandOutcome | None:
        """How the job ended, if it did here."""
        for name, value in self._spec.data_inputs.items():
            try:
                self._inputs[name] = bring_input(self._paths, self._folder, self._job, name, value, cancellation.check)
            except CanceledError:
                return CommandOutcome(JobStatus.CANCELED, Reason.of("CanceledByUser"))
            except (AzmlError, OSError, ValueError, HTTPException) as error:
                return _failed("InputUnavailable", name, explain(error))
        return None

    def execute(self, journal: CellJournal, cancellation: Cancellation) -> CommandOutcome:
        shutil.rmtree(self._folder.uploads, ignore_errors=True)  # of an earlier attempt
        for name, output in self._spec.outputs.items():
            try:
                self._outputs[name] = prepare_output(self._folder, name, output, self._places[name])
            except OSError as error:
                return _failed("OutputNotKept", name, explain(error))
        literals = {
            **{f"inputs.{name}": str(value) for name, value in self._spec.literal_inputs.items()},
            **{f"search_space.{name}": str(value) for name, value in self._spec.search_space.items()},
        }
        places = {
            **{f"inputs.{name}": path for name, path in self._inputs.items()},
            **{f"outputs.{name}": path for name, path in self._outputs.items()},
        }
        return run_command(
            substitute(self._spec.command, literals, places),
            processes_of(self._spec),
            folder=self._folder.code,
            environment=self._environment(),
            journal=journal,
            logs=self._folder.std_log.parent,
            cancellation=cancellation,
        )

    def keep_outputs(self, outcome: CommandOutcome) -> CommandOutcome:
        """Whatever was written, even if the command failed. Only what a completed job wrote becomes an asset."""
        for name, written in self._outputs.items():
            output, place = self._spec.outputs[name], self._places[name]
            try:
                if output.mode == "upload":
                    upload(Path(written), place)
            except OSError as error:
                outcome = _worse(outcome, _failed("OutputNotKept", name, explain(error)))
                continue
            if place.exists():
                self.facts["outputs"][name] = output_facts(output, place)
                if output.name:
                    self.facts["assets"].append(asset_facts(self._paths, output, place))
            else:
                outcome = _worse(outcome, CommandOutcome(JobStatus.FAILED, Reason.of("OutputMissing", name=name)))
        return outcome

    def _environment(self) -> dict[str, str]:
        """Names as in the service: data by two names, and a sweep's words for what is no data."""
        found = dict(os.environ)
        # Whoever submitted the job may have called its Python by its whole path.
        found["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), found.get("PATH", os.defpath)))
        found.setdefault("PYTHONUNBUFFERED", "1")
        for kind, given in (("INPUT", self._inputs), ("OUTPUT", self._outputs)):
            for name, path in given.items():
                found[f"AZURE_ML_{kind}_{name}"] = found[f"AZUREML_DATAREFERENCE_{name}"] = path
        for name, value in {**self._spec.literal_inputs, **self._spec.search_space}.items():
            found[f"AZUREML_PARAMETER_{name}"] = str(value)
        return found


def _failed(code: str, name: str, detail: str) -> CommandOutcome:
    return CommandOutcome(JobStatus.FAILED, Reason.of(code, name=name, detail=detail))


def _worse(outcome: CommandOutcome, then: CommandOutcome) -> CommandOutcome:
    """What the command itself came to is the better reason."""
    return then if outcome.status is JobStatus.COMPLETED else outcome
