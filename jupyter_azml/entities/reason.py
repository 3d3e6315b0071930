"""Why a job waits, or why it ended: a code for programs, a sentence for people."""

from typing import Any

from pydantic import ConfigDict, JsonValue, computed_field

from ..language import _
from .base import Entity

_SENTENCES = {
    "AgentStarting": "Waiting for the workspace's agent to take the job.",
    "AgentMissing": "The workspace's agent does not start. Its log says why: {log}",
    "QueuePosition": "Number {position} in the queue of {compute}: {busy} of {nodes} nodes are busy.",
    "KernelStarting": "The kernel is starting.",
    "Preparing": "What the job needs is being brought.",
    "InputArriving": "The input {name} is on its way: {done} of {size}.",
    "OutputLeaving": "The output {name} is being uploaded: {done} of {size}.",
    "CommandStarting": "The command is starting.",
    "CancelRequested": "Asked to stop; what runs is being interrupted.",
    "Finished": "All cells ran.",
    "CellFailed": "Cell {cell} raised {ename}: {evalue}",
    "KernelDied": "The kernel died in cell {cell}. Often the machine ran out of memory.",
    "KernelDied.SIGKILL": "The kernel was killed in cell {cell} (SIGKILL). Most likely the machine ran out of memory.",
    "KernelDied.exit": "The kernel ended in cell {cell} with exit code {exit_code}: what the cell called ended it.",
    "KernelDied.signal": "The kernel was ended by {signal} in cell {cell}, as by a fault in a compiled library.",
    "KernelStartFailed": "The kernel {kernel} did not start: {detail}",
    "KernelNotFound": "There is no kernel named {kernel} where the job runs.",
    "CommandFinished": "The command ended with exit code 0.",
    "CommandFailed": "The command ended with exit code {exit_code}. {detail}",
    "CommandKilled": "The command was ended by {signal} (exit code {exit_code}). {detail}",
    "ProcessFailed": "Rank {rank} of {processes} processes ended with exit code {exit_code}. {detail}",
    "InputUnavailable": "The input {name} could not be had: {detail}",
    "OutputMissing": "The command did not write its output {name}.",
    "OutputNotKept": "The output {name} could not be kept: {detail}",
    "RecordedOnly": "{key} is kept on record and has no effect here.",
    "ServicesIgnored": "Services are kept on record; nothing on this machine is exposed: {names}.",
    "EnvironmentBuilding": "The environment {name} is being built: {packages}.",
    "EnvironmentBuilding.anonymous": "The job's environment is being built: {packages}.",
    "EnvironmentFailed.anonymous": "The job's environment could not be built: {package}: {detail}",
    "EnvironmentFailed": "The environment {name} could not be built: {package}: {detail}",
    "ImageRecorded": "The image {image} is kept on record; a local workspace runs no images.",
    "DockerfileRecorded": "{path} is kept on record, not run; of its folder requirements.txt and a conda file count.",
    "CuratedHere": "{name} is an image of Azure. "
    "Here it is a layer over the current Python, with packages that this lacks.",
    "JobTimedOut": "The job ran longer than the {seconds} s it was given.",
    "Retrying": "Attempt {attempt} of {attempts} follows. {why}",
    "WorkerLost": "The process that was to run the job ended before it began; another one is started.",
    "WorkerNotStarting": "The process that runs the job does not start. Its log says why: {log}",
    "NodeStarting": "A node of {compute} is starting.",
    "NodeLost": "The node {node} ended while it ran the job.",
    "ComputeStopped": "{compute} was stopped while it ran the job.",
    "WaitsForStart": "{compute} is stopped. Start it with: azml compute start {compute}",
    "OnThisMachine": "The limits, queue and states are real; the virtual machines are this machine.",
    "AttachedOnly": "The local workspace keeps a record of it and does not run jobs on it.",
    "KeyNotDone": "{key}: nothing on this machine does it, so it was left out.",
    "TimedOut": "Cell {cell} ran longer than the {seconds} s it was given.",
    "CanceledByUser": "Canceled on request.",
    "WorkerDied": "The process that ran the job ended without leaving a result (killed, or the machine restarted).",
    "WorkerFailed": "The job could not be run: {detail}",
    "JobDamaged": "The job's folder cannot be read: {detail}",
    "ReadsByText": "The cell calls {calls}: names that stand only in text are not seen. Send them by --include.",
    "NameLeftBehind": "{name} stays here, and the cell may not need it; it cannot travel: {why}",
    "LargeValue": "{name} takes {size} on its way to the job.",
    "SecretTravels": "{name} looks like a secret, and is now in a file of the job. See: azml secret set, and --secret.",
    "CellNotRestored": "The cell did not run: {detail}",
    "FinishedWithout": "The cell ran. What did not come back: {names}",
    "RunFinished": "The run was ended.",
    "RunFinished.shutdown": "The kernel was shut down while the run was open; MLflow ended it as finished.",
    "RunFinished.restart": "The kernel was restarted while the run was open; MLflow ended it as finished.",
    "RunFailed": "The run was ended as failed: what ran inside it raised an error, or the notebook says so.",
    "RunKilled": "The run was ended as killed.",
    "KernelLost": "The kernel died, or was killed, while the run was open. What was logged until then is kept.",
    "DeploymentPreparing": "Its code, model and packages are being prepared.",
    "ServerStarting": "Its model server is starting.",
    "PrepareFailed": "It could not be prepared: {detail}",
    "InitFailed": "Its model server did not come up: {detail}",
    "InitFailed.signal": "Its model server ended while it loaded the model: it {detail}",
    "ServerNotStarting": "Its model server did not answer within {seconds} s of its start. {detail}",
    "ServerRestarting": "Its model server ended and is started again. {detail}",
    "CrashLoop": "Its model server ended {count} times in a row; it is started again in {seconds} s. {detail}",
    "GatewayStarting": "The gateway is starting.",
    "AzureSays": "{detail}",
    "PortTaken": "Another program uses port {port}. End it, or choose another port with AZML_GATEWAY_PORT.",
    "NotEnforced": "{key} is kept on record: there is nothing on this machine for it.",
    "Service": "{detail}",
    "AzureNotStarted": "Azure has taken the job and not begun with it.",
    "AzureQueued": "Waiting for a free node of {compute}.",
    "AzurePreparing": "The job's environment is being prepared.",
    "AzureProvisioning": "A node of {compute} is being made ready.",
    "AzureStarting": "The job is starting on {compute}.",
    "AzurePaused": "Azure has paused the job.",
    "AzureFailed": "Azure does not say why it failed. Its log may.",
}


class Reason(Entity):
    # The sentence is derived: one that was written down with the rest is not read back.
    model_config = ConfigDict(extra="ignore")

    code: str
    values: dict[str, JsonValue] = {}

    @computed_field  # type: ignore[prop-decorator]  # mypy has no support for it yet
    @property
    def message(self) -> str:
        """The sentence, in the language of whoever reads it. A value ``how`` may choose one that says more."""
        sentence = _SENTENCES.get(f"{self.code}.{self.values.get('how')}") or _SENTENCES.get(self.code, self.code)
        return _(sentence, **self.values).rstrip()

    @classmethod
    def of(cls, code: str, **values: Any) -> "Reason":
        return cls(code=code, values=values)
