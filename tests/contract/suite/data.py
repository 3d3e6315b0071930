"""Data assets, and command jobs that read and write data."""

import time
from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import CommandSpec, DataAsset, DataInput, DataOutput, DataType, JobStatus, JobType
from jupyter_azml.errors import Conflict, DataNotFound, UsageError


class Data:
    @pytest.fixture
    def data(self, rig):
        return rig.workspace.data

    @pytest.fixture
    def place(self, tmp_path):
        (tmp_path / "rows").mkdir()
        return str(tmp_path / "rows")

    def test_a_version_is_counted_up_when_nobody_says(self, data, place):
        assert [data.create(DataAsset(name="churn", path=place)).version for _ in range(3)] == ["1", "2", "3"]
        assert data.create(DataAsset(name="churn", version="2024-05", path=place)).version == "2024-05"
        assert data.create(DataAsset(name="churn", path=place)).version == "4"

    def test_names_are_case_insensitive(self, data, place):
        data.create(DataAsset(name="Churn", path=place))
        assert data.get("churn").name == "Churn"
        assert data.create(DataAsset(name="CHURN", path=place)).version == "2"

    def test_without_a_version_it_is_the_newest(self, data, place):
        data.create(DataAsset(name="churn", version="9", path=place, description="old"))
        data.create(DataAsset(name="churn", version="2", path=place, description="new"))
        assert data.get("churn").description == "new"
        assert data.get("churn", "9").description == "old"

    def test_a_version_never_changes(self, data, place):
        data.create(DataAsset(name="churn", version="1", path=place))
        with pytest.raises(Conflict, match="a version never changes"):
            data.create(DataAsset(name="churn", version="1", path=place))

    def test_lists_have_pages(self, data, place):
        for name in ("a", "b", "a", "c"):
            data.create(DataAsset(name=name, path=place))
        first = data.list(limit=2)
        rest = data.list(limit=2, continuation=first.continuation)
        assert [asset.name for asset in (*first.items, *rest.items)] == ["c", "a", "b"]
        assert rest.continuation is None
        assert [asset.version for asset in data.list("A").items] == ["2", "1"]

    def test_what_is_not_there_is_named(self, data, place):
        data.create(DataAsset(name="churn", path=place))
        with pytest.raises(DataNotFound, match=r"no data asset named chrun\.\nDid you mean churn\?"):
            data.get("chrun")
        with pytest.raises(DataNotFound, match=r"no version 7 of the data asset churn\.\nIt has: 1\."):
            data.get("churn", "7")
        with pytest.raises(DataNotFound):
            data.list("nobody")

    def test_it_has_to_be_there_and_of_its_type(self, data, place):
        with pytest.raises(DataNotFound):
            data.create(DataAsset(name="churn", path=f"{place}/nothing"))
        with pytest.raises(DataNotFound):
            data.create(DataAsset(name="churn", type=DataType.URI_FILE, path=place))
        with pytest.raises(UsageError):
            data.create(DataAsset(name="../churn", path=place))
        assert data.list().items == ()


class RunningCommands:
    def run(self, rig, command, **fields):
        return JobStream(rig.workspace, rig.submit(CommandSpec(command=command, **fields)).name).wait()

    def test_a_command_job_tells_what_it_is(self, rig):
        job = self.run(rig, "echo hello", inputs={"n": 3}, tags={"team": "blue"}, display_name="Say it")
        assert (job.status, job.type, job.parameters) == (JobStatus.COMPLETED, JobType.COMMAND, {"n": 3})
        assert job.reason.message == "The command ended with exit code 0."
        with rig.workspace.jobs.open(job.name, "logs/user_logs/std_log.txt") as log:
            assert log.read() == b"hello\n"

    def test_what_one_job_wrote_another_reads(self, rig):
        wrote = self.run(rig, "echo 1 > ${{outputs.rows}}/a", outputs={"rows": DataOutput(name="rows")})
        assert rig.workspace.data.get("rows").job == wrote.name
        read = self.run(rig, "cat ${{inputs.rows}}/a", inputs={"rows": DataInput(path="azureml:rows@latest")})
        assert read.status is JobStatus.COMPLETED
        assert wrote.outputs["rows"].uri != ""

    def test_a_job_that_failed_registers_nothing(self, rig):
        job = self.run(rig, "echo 1 > ${{outputs.rows}}/a; exit 1", outputs={"rows": DataOutput(name="rows")})
        assert job.status is JobStatus.FAILED
        with pytest.raises(DataNotFound):
            rig.workspace.data.get("rows")

    def test_the_folder_of_its_code_is_left_alone(self, rig, tmp_path):
        code = tmp_path / "my code"
        code.mkdir()
        (code / "a.txt").write_text("before")
        job = self.run(rig, "echo after > a.txt; cp a.txt outputs/", code=str(code))
        assert (code / "a.txt").read_text() == "before"
        assert Path(job.outputs["default"].uri, "a.txt").read_text() == "after\n"

    def test_paths_with_spaces_are_one_word(self, rig, tmp_path):
        place = tmp_path / "my data $HOME"
        place.mkdir()
        (place / "a b.csv").write_text("1")
        job = self.run(
            rig,
            'cat ${{inputs.f}} "${{inputs.d}}/a b.csv"',
            inputs={
                "d": DataInput(path=str(place), mode="direct"),
                "f": DataInput(path=str(place / "a b.csv"), type=DataType.URI_FILE),
            },
        )
        assert job.status is JobStatus.COMPLETED, job.reason

    def test_a_job_can_be_canceled_and_keeps_what_it_wrote(self, rig):
        name = rig.submit(
            CommandSpec(
                command="echo 1 > ${{outputs.o}}/a; echo go; sleep 60", outputs={"o": DataOutput(mode="upload")}
            )
        ).name
        stream = JobStream(rig.workspace, name)
        for event in stream:
            if event.event == "LogLines":
                begun = time.monotonic()
                rig.workspace.jobs.cancel(name)
        job = stream.job()
        assert (job.status, job.reason.code) == (JobStatus.CANCELED, "CanceledByUser")
        assert time.monotonic() - begun < 8
        assert Path(job.outputs["o"].uri, "a").read_text() == "1\n"

    def test_a_retried_upload_joins_what_is_there(self, rig, tmp_path):
        mark = tmp_path / "tried"
        command = "[ -e ${{inputs.mark}} ]; echo 1 > ${{outputs.o}}/wrote-$?; mkdir ${{inputs.mark}} && exit 1; true"
        job = self.run(rig, command, inputs={"mark": str(mark)}, outputs={"o": DataOutput(mode="upload")}, retries=1)
        assert (job.status, job.attempt) == (JobStatus.COMPLETED, 2)
        assert sorted(path.name for path in Path(job.outputs["o"].uri).iterdir()) == ["wrote-0", "wrote-1"]
