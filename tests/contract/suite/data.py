"""Data assets, and command jobs that read and write data."""

import re
import time
from pathlib import Path

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.entities import CommandSpec, DataAsset, DataInput, DataOutput, DataType, JobStatus, JobType, Model
from jupyter_azml.errors import (
    Conflict,
    DataNotFound,
    DatastoreNotFound,
    JobNotFound,
    ModelNotFound,
    SpecInvalid,
    StorageError,
    UsageError,
)


class Data:
    @pytest.fixture
    def data(self, rig):
        return rig.workspace.data

    @pytest.fixture
    def place(self, rig, tmp_path):
        (tmp_path / "rows").mkdir()
        (tmp_path / "rows" / "a.csv").write_text("x\n1\n")
        return rig.place(tmp_path / "rows")

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


class DataVersions:
    @pytest.fixture
    def data(self, rig):
        return rig.workspace.data

    @pytest.fixture
    def folder(self, tmp_path):
        folder = tmp_path / "rows"
        (folder / "deep").mkdir(parents=True)
        (folder / "a.csv").write_text("x\n1\n")
        (folder / "deep" / "été.csv").write_text("x\n2\n")
        return folder

    def test_a_copy_lies_in_the_default_datastore_under_its_hash_and_is_kept_once(self, rig, data, folder):
        first = data.upload(DataAsset(name="rows", path=str(folder)))
        assert re.fullmatch(
            f"azureml://datastores/workspaceblobstore/paths/LocalUpload/{first.content_hash[:32]}[0-9a-f]*/rows",
            first.path,
        )
        assert first.size == 8
        (folder / "a.csv").write_text("x\n3\n")
        second = data.upload(DataAsset(name="rows", path=str(folder)))
        assert data.open(f"{first.path}/a.csv").read() == b"x\n1\n"
        assert data.open(f"{second.path}/a.csv").read() == b"x\n3\n"
        (folder / "a.csv").write_text("x\n1\n")
        told = []
        again = data.upload(DataAsset(name="other", path=str(folder)), progress=lambda *count: told.append(count))
        assert (again.path, told) == (first.path, [])
        assert len(rig.workspace.datastores.browse("workspaceblobstore", "LocalUpload").items) == 2

    def test_an_upload_that_was_cut_is_no_asset_and_goes_on(self, data, folder):
        def cut(_done, _size):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            data.upload(DataAsset(name="rows", path=str(folder)), progress=cut)
        assert data.list().items == ()
        asset = data.upload(DataAsset(name="rows", path=str(folder)))
        assert sorted(file.path for file in data.browse(asset.path).items) == ["a.csv", "deep"]

    def test_an_address_with_a_signature_is_not_kept(self, data):
        url = "https://acc.blob.core.windows.net/c/a.csv?sv=2024&sig=c2VjcmV0"
        with pytest.raises(UsageError, match="a signature") as error:
            data.create(DataAsset(name="rows", type=DataType.URI_FILE, path=url))
        assert "c2VjcmV0" not in str(error.value)

    def test_what_has_no_files_or_a_name_that_azure_would_not_take_is_no_asset(self, data, folder, tmp_path):
        (tmp_path / "empty").mkdir()
        with pytest.raises(UsageError, match="no files"):
            data.upload(DataAsset(name="rows", path=str(tmp_path / "empty")))
        (folder / "ends.").write_text("1")
        with pytest.raises(UsageError, match="ends"):
            data.upload(DataAsset(name="rows", path=str(folder)))
        assert data.list().items == ()

    def test_labels_lead_to_a_version_and_latest_to_the_newest(self, rig, data, folder):
        place = rig.place(folder)
        for _version in range(2):
            data.create(DataAsset(name="rows", path=place))
        assert data.update("rows", "1", label="prod").labels == ("prod",)
        assert data.get("ROWS", label="Prod").version == "1"
        assert data.locate("azureml:rows@prod") == data.locate(place)
        assert data.update("rows", "2", label="prod").labels == ("prod", "latest")
        assert data.get("rows", "1").labels == ()
        assert data.get("rows", label="latest").version == "2"
        with pytest.raises(DataNotFound, match=r"label test\.\nThere is: prod, latest\."):
            data.get("rows", label="test")
        with pytest.raises(UsageError):
            data.update("rows", label="latest")

    def test_what_is_said_of_a_version_can_change(self, rig, data, folder):
        data.create(DataAsset(name="rows", path=rig.place(folder), description="old", tags={"a": "1"}))
        changed = data.update("rows", description="new", tags={"b": "2"})
        assert (changed.description, changed.tags) == ("new", {"b": "2"})
        assert data.update("rows").description == "new"
        assert changed.modified
        with pytest.raises(DataNotFound):
            data.update("rows", "7", description="x")

    def test_archived_ones_are_out_of_lists_and_still_found(self, rig, data, folder):
        place = rig.place(folder)
        for _version in range(2):
            data.create(DataAsset(name="rows", path=place))
        data.archive("rows", "2")
        assert [asset.version for asset in data.list().items] == ["1"]
        assert data.get("rows").version == "1"
        assert data.get("rows", "2").archived
        data.archive("rows")
        assert data.list().items == ()
        assert data.list("rows").items == ()
        assert [asset.version for asset in data.list(archived="archived").items] == ["2"]
        data.restore("rows")
        assert [asset.version for asset in data.list("rows", archived="all").items] == ["2", "1"]
        assert data.get("rows").version == "2"

    def test_a_table_has_a_file_that_says_what_it_is_made_of(self, rig, data, folder):
        with pytest.raises(DataNotFound, match="no file MLTable"):
            data.create(DataAsset(name="t", type=DataType.MLTABLE, path=rig.place(folder)))
        for fault in ("paths: [", "paths: {}", "paths: []", "paths:\n- {file: a, pattern: b}", "- 1", "\xff"):
            (folder / "MLTable").write_bytes(fault.encode("latin-1"))
            with pytest.raises(SpecInvalid, match="MLTable"):
                data.upload(DataAsset(name="t", type=DataType.MLTABLE, path=str(folder)))
        assert data.list().items == ()
        (folder / "MLTable").write_text(
            "paths:\n- pattern: ./*.csv\ntransformations:\n- read_delimited:\n    header: x"
        )
        assert data.create(DataAsset(name="t", type=DataType.MLTABLE, path=rig.place(folder))).version == "1"

    def test_data_is_looked_into_by_any_name(self, rig, data, folder):
        asset = data.upload(DataAsset(name="rows", path=str(folder)))
        for path in (str(folder), f"file://{folder}", "azureml:rows:1", "azureml:rows@latest", asset.path):
            assert data.stat(path).is_folder
            assert [file.path for file in data.browse(path).items] == ["deep", "a.csv"]
            assert (data.fetch(path) / "a.csv").read_text() == "x\n1\n"
        with pytest.raises(DatastoreNotFound, match="nowhere"):
            data.locate("azureml://datastores/nowhere/paths/a")
        with pytest.raises(DataNotFound, match="azml datastore create"):
            data.locate("wasbs://c@acc.blob.core.windows.net/a")
        with pytest.raises(DataNotFound):
            data.open(f"{asset.path}/nothing.csv")
        with pytest.raises(JobNotFound):
            data.locate("azureml://jobs/nobody/outputs/o")


class BlobData:
    """With ``blob_datastore``: one that is not kept yet, and its credentials."""

    @pytest.fixture
    def raw(self, rig, blob_datastore, tmp_path):
        datastore, credentials = blob_datastore
        kept = rig.workspace.datastores.create_or_update(datastore, credentials)
        folder = tmp_path / "project"
        (folder / "deep").mkdir(parents=True)
        (folder / "one.txt").write_text("one\n")
        (folder / "deep" / "two words.txt").write_text("two\n")
        rig.workspace.datastores.upload(kept.name, folder, "project")
        return kept

    def test_an_address_on_the_web_leads_to_the_datastore_of_its_container(self, rig, raw):
        url = f"{raw.endpoint}/{raw.container_name}/project/deep/two%20words.txt"
        found = rig.workspace.data.locate(url)
        assert (found.datastore, found.path) == (raw.name, "project/deep/two words.txt")
        assert rig.workspace.data.open(url).read() == b"two\n"

    def test_what_is_fetched_is_kept_until_it_is_another(self, rig, raw, tmp_path):
        data, path = rig.workspace.data, f"azureml://datastores/{raw.name}/paths/project"
        told = []
        place = data.fetch(path, progress=lambda *count: told.append(count))
        assert (place / "deep" / "two words.txt").read_text() == "two\n"
        assert told[-1] == (8, 8)
        told.clear()
        assert data.fetch(path, progress=lambda *count: told.append(count)) == place
        assert told == []
        (tmp_path / "one.txt").write_text("another\n")
        rig.workspace.datastores.upload(raw.name, tmp_path / "one.txt", "project/one.txt", overwrite=True)
        assert (data.fetch(path) / "one.txt").read_text() == "another\n"
        assert (place / "one.txt").read_text() == "one\n"
        assert data.fetch(f"{path}/one.txt").read_text() == "another\n"

    def test_an_asset_is_kept_in_the_datastore_that_is_asked_for(self, rig, raw, tmp_path):
        asset = rig.workspace.data.upload(DataAsset(name="p", path=str(tmp_path / "project")), datastore=raw.name)
        assert asset.path.startswith(f"azureml://datastores/{raw.name}/paths/LocalUpload/")
        assert rig.workspace.data.open(f"{asset.path}/one.txt").read() == b"one\n"
        with pytest.raises(Conflict, match="p"):
            rig.workspace.datastores.delete(raw.name)

    def test_jobs_read_and_write_it(self, rig, raw, tmp_path):
        root = f"azureml://datastores/{raw.name}/paths"
        rig.workspace.data.create(DataAsset(name="project", path=f"{root}/project"))
        spec = CommandSpec(
            command="""
                cat ${{inputs.mounted}}/deep/* ${{inputs.one}}; echo more >> ${{inputs.brought}}/one.txt
                echo ${{inputs.there}}
                cat ${{inputs.brought}}/one.txt | tee ${{outputs.up}}/sum.txt > ${{outputs.file}}
                ( echo x >> ${{inputs.mounted}}/one.txt ) 2> /dev/null; true
            """,
            inputs={
                "mounted": DataInput(path="azureml:project@latest"),
                "one": DataInput(path=f"{raw.endpoint}/{raw.container_name}/project/one.txt", type=DataType.URI_FILE),
                "brought": DataInput(path=f"{root}/project", mode="download"),
                "there": DataInput(path=f"{root}/project", mode="direct"),
            },
            outputs={
                "up": DataOutput(path=f"{root}/written/${{{{name}}}}", name="sums", mode="upload"),
                "file": DataOutput(path=f"{root}/written/f.txt", type=DataType.URI_FILE),
            },
        )
        job = JobStream(rig.workspace, rig.submit(spec).name).wait()
        assert job.status is JobStatus.COMPLETED, job.reason
        with rig.workspace.jobs.open(job.name, "logs/user_logs/std_log.txt") as log:
            text = log.read().decode()
        assert text.splitlines() == ["two", "one", f"{root}/project"], text
        assert job.outputs["up"].uri == f"{root}/written/{job.name}"
        data = rig.workspace.data
        written = (f"azureml://jobs/{job.name}/outputs/up/paths/sum.txt", f"{root}/written/f.txt", "azureml:sums:1")
        assert [data.stat(path).is_folder for path in written] == [False, False, True]
        assert {data.open(path).read() for path in written[:2]} == {b"one\nmore\n"}
        assert data.get("sums").job == job.name
        assert data.get("project").readers == (job.name,)
        assert data.open(f"{root}/project/one.txt").read() == b"one\n"
        states = [
            event.status for event in rig.workspace.jobs.events({job.name: ""}).events if event.event == "StatusChanged"
        ]
        assert JobStatus.PREPARING in states

    def test_a_notebook_reads_and_writes_it(self, rig, raw, write_notebook, spec_of):
        root = f"azureml://datastores/{raw.name}/paths"
        rig.workspace.data.create(DataAsset(name="project", path=f"{root}/project"))
        notebook = write_notebook("import pathlib, shutil\nshutil.copytree(rows, pathlib.Path(kept, 'copy'))")
        spec = spec_of(
            notebook,
            inputs={"rows": DataInput(path="azureml:project:1")},
            outputs={"kept": DataOutput(path=f"{root}/kept", name="copies")},
        )
        job = JobStream(rig.workspace, rig.submit(spec).name).wait()
        assert job.status is JobStatus.COMPLETED, job.reason
        assert (
            rig.workspace.data.open("azureml://jobs/" + job.name + "/outputs/kept/paths/copy/one.txt").read()
            == b"one\n"
        )
        assert rig.workspace.data.get("copies").job == job.name
        assert rig.workspace.data.get("project").readers == (job.name,)
        assert job.progress.cells == 2

    def test_an_output_that_is_refused_says_why(self, rig, raw, container):
        container.delete_container()
        spec = CommandSpec(
            command="echo 1 > ${{outputs.o}}/a",
            outputs={"o": DataOutput(path=f"azureml://datastores/{raw.name}/paths/o")},
        )
        job = JobStream(rig.workspace, rig.submit(spec).name).wait()
        assert (job.status, job.reason.code) == (JobStatus.FAILED, "OutputNotKept")
        assert raw.name in job.reason.message
        with pytest.raises(StorageError):
            rig.submit(
                CommandSpec(command="true", inputs={"i": DataInput(path=f"azureml://datastores/{raw.name}/paths/x")})
            )


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

    def test_a_registered_model_is_an_input_like_data_of_the_same_name(self, rig, tmp_path):
        for name, text in (("model", "weights"), ("rows", "data")):
            (tmp_path / name).mkdir()
            (tmp_path / name / "a.txt").write_text(text)
        rig.workspace.models.create_or_update(Model(name="churn", path=str(tmp_path / "model")))
        rig.workspace.models.set_alias("churn", "champion", "1")
        rig.workspace.data.create(DataAsset(name="churn", path=str(tmp_path / "rows")))
        inputs = {
            "one": DataInput(type=DataType.CUSTOM_MODEL, path="azureml:churn:1"),
            "two": DataInput(type=DataType.CUSTOM_MODEL, path="azureml:churn@champion"),
            "data": DataInput(path="azureml:churn:1"),
        }
        job = self.run(rig, "cat ${{inputs.one}}/* ${{inputs.two}}/* ${{inputs.data}}/*", inputs=inputs)
        with rig.workspace.jobs.open(job.name, "logs/user_logs/std_log.txt") as log:
            assert log.read() == b"weightsweightsdata"
        with pytest.raises(ModelNotFound, match="nobody"):
            self.run(rig, "true", inputs={"m": DataInput(type=DataType.MLFLOW_MODEL, path="azureml:nobody:1")})

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
