"""What a job takes of the machine, as it is kept."""

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import CommandSpec


def test_what_a_job_takes_of_the_machine_is_among_its_metrics(workspace, monkeypatch):
    monkeypatch.setenv("AZML_USAGE_SECONDS", "0.2")
    command = "python -c 'import time; time.sleep(1.5)'"
    job = JobStream(workspace, workspace.jobs.submit(CommandSpec(command=command)).name).wait()
    found = {metric.key: metric for metric in job.metrics}
    assert found["system/cpu_utilization_percentage"].count >= 3
    assert found["system/system_memory_usage_megabytes"].max > 1
    quiet = CommandSpec(command=command, environment_variables={"AZML_USAGE_SECONDS": "0"})
    assert JobStream(workspace, workspace.jobs.submit(quiet).name).wait().metrics == ()
