"""What a job's data needs before its own code and after it."""

import shutil
from collections.abc import Mapping
from typing import Any

from ..entities import DataInput, DataOutput, Job, JobStatus, Reason
from ..errors import AzmlError
from ..execution.cancellation import CanceledError, Cancellation
from ..storage.store import Progress
from .command_data import JobData, OutputPlace, asset_facts, explain, output_facts
from .model_outputs import is_model, register_output
from .paths import JobPaths, WorkspacePaths
from .phases import Phases

End = tuple[JobStatus, Reason]


class DataAround:
    def __init__(
        self,
        paths: WorkspacePaths,
        folder: JobPaths,
        job: Job,
        inputs: Mapping[str, DataInput],
        outputs: Mapping[str, DataOutput],
        phases: Phases,
    ) -> None:
        self.facts: dict[str, Any] = {"outputs": {}, "assets": []}
        """What goes into result.json."""
        self.inputs: dict[str, str] = {}
        self.outputs: dict[str, str] = {}
        """What the job's code finds in their place."""
        self._paths, self._folder, self._phases, self._job = paths, folder, phases, job
        self._wanted, self._asked = inputs, outputs
        self._places: dict[str, OutputPlace] = {}
        self._data = JobData(paths, folder, job)

    def bring(self, cancellation: Cancellation) -> End | None:
        """How the job ended, if it did here."""
        for name, value in self._wanted.items():
            tell = self._phases.progress(self._phases.preparing, "InputArriving", name)

            def told(done: int, size: int, tell: Progress = tell) -> None:
                cancellation.check()
                tell(done, size)

            try:
                self.inputs[name] = self._data.bring_input(name, value, told)
            except CanceledError:
                return JobStatus.CANCELED, Reason.of("CanceledByUser")
            except (AzmlError, OSError, ValueError) as error:
                return _failed("InputUnavailable", name, explain(error))
        return None

    def prepare(self) -> End | None:
        shutil.rmtree(self._folder.uploads, ignore_errors=True)  # of an earlier attempt
        for name, output in self._asked.items():
            try:
                self._places[name] = self._data.place_of_output(name, output)
                self.outputs[name] = self._data.prepare_output(name, output, self._places[name])
            except (AzmlError, OSError) as error:
                return _failed("OutputNotKept", name, explain(error))
        return None

    def keep(self, end: End) -> End:
        """Whatever was written, even if the code failed. Only what a completed job wrote becomes an asset."""
        for name, written in self.outputs.items():
            output, place = self._asked[name], self._places[name]
            tell = self._phases.progress(self._phases.finalizing, "OutputLeaving", name)
            try:
                is_there = self._data.keep_output(written, place, tell)
                if is_there and output.name and is_model(output) and end[0] is JobStatus.COMPLETED:
                    register_output(self._paths, self._job, output, place)
            except (AzmlError, OSError) as error:
                end = _worse(end, _failed("OutputNotKept", name, f"{explain(error)} ({written})"))
                continue
            if is_there:
                self.facts["outputs"][name] = output_facts(output, place)
                if output.name and not is_model(output):
                    self.facts["assets"].append(asset_facts(self._paths, output, place))
            else:
                end = _worse(end, (JobStatus.FAILED, Reason.of("OutputMissing", name=name)))
        self._data.let_go()
        return end

    def variables(self) -> dict[str, str]:
        """Names as in the service: data by two names."""
        found = {}
        for kind, given in (("INPUT", self.inputs), ("OUTPUT", self.outputs)):
            for name, path in given.items():
                found[f"AZURE_ML_{kind}_{name}"] = found[f"AZUREML_DATAREFERENCE_{name}"] = path
        return found


def _failed(code: str, name: str, detail: str) -> End:
    return JobStatus.FAILED, Reason.of(code, name=name, detail=detail)


def _worse(end: End, then: End) -> End:
    """What the code itself came to is the better reason."""
    return then if end[0] is JobStatus.COMPLETED else end
