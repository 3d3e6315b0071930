"""Cells as jobs, as every workspace has to run them that says it can."""

import json

import cloudpickle
import pytest

from jupyter_azml.actions.cell_result import result_of
from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import Captured, CellChanged, CellSpec, JobQuery, JobStatus, JobType, LogLines

SOURCE = """# double it
print('working')
y = [x * 2 for x in xs]
"""


def payload_of(folder, **values):
    """What ``capture`` writes: what is around the cell, its values, the rest."""
    path = folder / "payload"
    with path.open("wb") as file:
        pickler = cloudpickle.Pickler(file)
        for each in ({}, *values.values(), {"modules": [], "lines": {}}):
            pickler.dump(each)
    return {
        "payload": str(path),
        "captured": tuple(Captured(name=name, kind="value", type="list") for name in values),
    }


class RunningCells:
    @pytest.mark.warm
    def test_a_cell_runs_with_its_values_and_gives_back_what_was_asked_for(self, rig, tmp_path):
        (tmp_path / "code").mkdir()
        (tmp_path / "code" / "data.txt").write_text("beside")
        source = SOURCE + "text = open('data.txt').read()\nopen('outputs/kept.txt', 'w').write(text)"
        spec = CellSpec(
            source=source,
            returns=("y", "text"),
            code=str(tmp_path / "code"),
            retries=1,
            **payload_of(tmp_path, xs=[1, 2]),
        )
        job = rig.workspace.jobs.submit(spec)
        (tmp_path / "payload").unlink()
        assert (job.type, job.display_name) == (JobType.CELL, "double it")
        events = list(JobStream(rig.workspace, job.name))
        ended = rig.workspace.jobs.get(job.name)
        assert (ended.status, ended.reason.code) == (JobStatus.COMPLETED, "Finished")
        assert (ended.progress.cell, ended.progress.cells) == (1, 1)
        assert [(e.cell, e.title) for e in events if isinstance(e, CellChanged)] == [(1, "double it")] * 2
        assert "".join(e.text for e in events if isinstance(e, LogLines)) == "working\n"
        with rig.workspace.jobs.open(job.name, ended.outputs["notebook"].path) as file:
            (cell,) = json.load(file)["cells"]
        assert ("".join(cell["source"]), cell["execution_count"]) == (source, 1)
        assert cell["outputs"] == [
            {"name": "stdout", "output_type": "stream", "text": ["working\n"]},
            cell["outputs"][1],
        ]
        with rig.workspace.jobs.open(job.name, "outputs/kept.txt") as file:
            assert file.read() == b"beside"
        assert {"y", "text"} <= ended.outputs.keys()
        assert result_of(rig.workspace, job.name) == {"y": [2, 4], "text": "beside"}
        assert [each.name for each in rig.workspace.jobs.list(JobQuery(text="double")).items] == [job.name]

    @pytest.mark.warm
    def test_a_cell_that_fails_is_run_again_with_its_values_and_says_why(self, rig, tmp_path):
        spec = CellSpec(source="print(xs)\nraise KeyError(xs[0])", retries=1, **payload_of(tmp_path, xs=[7]))
        job = rig.workspace.jobs.submit(spec)
        text = "".join(e.text for e in JobStream(rig.workspace, job.name) if isinstance(e, LogLines))
        ended = rig.workspace.jobs.get(job.name)
        assert text.count("[7]\n") == 2
        assert (ended.status, ended.attempt) == (JobStatus.FAILED, 2)
        assert ended.reason.message == "Cell 1 raised KeyError: 7"

    @pytest.mark.warm
    def test_a_cell_is_canceled_and_its_notebook_kept(self, rig, tmp_path):
        spec = CellSpec(source="print('begun')\nimport time\nwhile True: time.sleep(0.1)", **payload_of(tmp_path))
        job = rig.workspace.jobs.submit(spec)
        stream = JobStream(rig.workspace, job.name)
        next(event for event in stream if isinstance(event, LogLines))
        rig.workspace.jobs.cancel(job.name)
        ended = stream.wait()
        assert ended.status is JobStatus.CANCELED
        with rig.workspace.jobs.open(job.name, ended.outputs["notebook"].path) as file:
            assert b"begun" in file.read()

    @pytest.mark.warm
    def test_values_that_cannot_be_put_back_end_the_job_with_their_name(self, rig, tmp_path):
        values = payload_of(tmp_path, xs=[1])
        (tmp_path / "payload").write_bytes((tmp_path / "payload").read_bytes()[:-60])
        ended = JobStream(rig.workspace, rig.workspace.jobs.submit(CellSpec(source="xs", **values)).name).wait()
        assert (ended.status, ended.reason.code) == (JobStatus.FAILED, "CellNotRestored")
        assert ended.progress.cell == 0
