"""What a backend brings to the contract: the workspace under test, and a way to put a job behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from jupyter_azml.entities import CredentialsType, Datastore, DatastoreType, Job, NotebookSpec
from jupyter_azml.workspace import Workspace


@dataclass
class Rig:
    workspace: Workspace
    submit: Callable[[NotebookSpec], Job]
    """Past the workspace under test, where that one cannot submit."""

    def place(self, folder: Path) -> str:
        """A path under which the workspace has what is in the folder now, without a copy where it needs none."""
        return str(folder)

    def make_datastore(self, name: str, folder: Path, **fields: object) -> Datastore:
        """With what is in the folder."""
        return self.workspace.datastores.create_or_update(
            Datastore(name=name, type=DatastoreType.LOCAL, path=str(folder), **fields), {}
        )


class AzureRig(Rig):
    """Azure reaches nothing on this machine: what tests have in folders is put into its storage first."""

    def place(self, folder: Path) -> str:
        path = f"places/{uuid4().hex}/{folder.name}"
        self.workspace.datastores.upload("workspaceblobstore", folder, path)
        return f"azureml://datastores/workspaceblobstore/paths/{path}"

    def make_datastore(self, name: str, folder: Path, **fields: object) -> Datastore:
        kind = {"type": DatastoreType.AZURE_BLOB, "credentials": CredentialsType.ACCOUNT_KEY}
        there = {"account_name": f"{name.lower()}account", "container_name": "files"}
        made = self.workspace.datastores.create_or_update(
            Datastore(name=name, **kind, **there, **fields), {"account_key": "a2V5IG9mIGEgdGVzdA=="}
        )
        self.workspace.datastores.upload(made.name, folder, "", overwrite=True)
        return made
