"""Where a job's data came from, and what became of what it made: a graph of one step back and two ahead."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..entities import (
    CommandSpec,
    DataAsset,
    DataInput,
    DataType,
    Job,
    Lineage,
    LineageLink,
    LineageNode,
    Model,
    NotebookSpec,
    asset_named,
    model_reference,
)
from ..errors import AzmlError
from ..workspace import Workspace

MOST_READERS = 8
"""Jobs that read one asset; those that read it last."""
_MOST_ENDPOINTS = 50
_MODELS = (DataType.CUSTOM_MODEL, DataType.MLFLOW_MODEL, DataType.TRITON_MODEL)
_BEFORE, _GIVEN, _JOB, _MADE, _AFTER = -2, -1, 0, 1, 2


def trace_job(workspace: Workspace, name: str) -> Lineage:
    """What cannot be asked of this workspace, or is gone, is left out. Raises JobNotFound."""
    return _Trace(workspace, workspace.jobs.get(name)).lineage()


class _Trace:
    def __init__(self, workspace: Workspace, job: Job) -> None:
        self._workspace = workspace
        self._job = job
        self._nodes: dict[str, LineageNode] = {}
        self._links: dict[tuple[str, str, str], LineageLink] = {}

    def lineage(self) -> Lineage:
        self._add_job(self._job, _JOB)
        for name, value in self._job.inputs.items():
            self._add_input(name, value)
        self._add_surroundings()
        for asset in self._written_assets():
            self._add_output(asset)
        for reference in self._job.models:
            self._add_model(reference)
        return Lineage(nodes=tuple(self._nodes.values()), links=tuple(self._links.values()))

    def _add_input(self, name: str, value: DataInput) -> None:
        me = _of_job(self._job.name)
        model = model_reference(value.path) if value.type in _MODELS else None
        if model:
            title = f"{model.name}:{model.version or model.label or 'latest'}"
            self._add(f"model:{title}", "model", title, _GIVEN, uri=title)
            self._link(f"model:{title}", me, name)
            return
        asset = self._asset(value.path)
        if asset is None:
            shown = value.path.rstrip("/").rpartition("/")[2] or value.path
            self._add(f"data:{value.path}", "data", shown, _GIVEN, detail=value.path, uri=value.path)
            self._link(f"data:{value.path}", me, name)
            return
        self._link(self._add_asset(asset, _GIVEN), me, name)
        if asset.job and asset.job != self._job.name:
            with _as_far_as_it_goes():
                self._add_job(self._workspace.jobs.get(asset.job), _BEFORE)
                self._link(_of_job(asset.job), _of_asset(asset))

    def _add_surroundings(self) -> None:
        job, me = self._job, _of_job(self._job.name)
        if job.snapshot:
            spec = job.spec
            title = spec.notebook if isinstance(spec, NotebookSpec) else (spec.code or "").rpartition("/")[2]
            commit = job.git.get("commit", "")[:10]
            self._add("code", "code", title or job.snapshot[:10], _GIVEN, detail=commit or job.snapshot[:10])
            self._link("code", me)
        if job.environment:
            named = f"{job.environment.name}:{job.environment.version}"
            self._add("environment", "environment", named, _GIVEN, uri=named)
            self._link("environment", me)

    def _written_assets(self) -> Iterator[DataAsset]:
        spec = self._job.spec
        wanted = spec.outputs.values() if isinstance(spec, NotebookSpec | CommandSpec) else ()
        for name in dict.fromkeys(output.name for output in wanted if output.name):
            with _as_far_as_it_goes():
                versions = self._workspace.data.list(name).items
                for asset in (each for each in versions if each.job == self._job.name):
                    yield self._workspace.data.get(asset.name, asset.version)

    def _add_output(self, asset: DataAsset) -> None:
        mine = self._add_asset(asset, _MADE)
        self._link(_of_job(self._job.name), mine)
        for reader in asset.readers[:MOST_READERS]:
            if reader != self._job.name:
                with _as_far_as_it_goes():
                    self._add_job(self._workspace.jobs.get(reader), _AFTER)
                    self._link(mine, _of_job(reader))

    def _add_model(self, reference: str) -> None:
        name, _colon, version = reference.partition(":")
        mine = f"model:{reference}"
        detail = ""
        with _as_far_as_it_goes():
            detail = _told_of(self._workspace.models.get(name, version))
        self._add(mine, "model", reference, _MADE, detail=detail, uri=reference)
        self._link(_of_job(self._job.name), mine)
        with _as_far_as_it_goes():
            for endpoint in self._workspace.endpoints.list(limit=_MOST_ENDPOINTS).items:
                for deployment in self._workspace.endpoints.deployments.list(endpoint.name).items:
                    used = model_reference(deployment.model or "")
                    if used and (used.name.lower(), used.version) == (name.lower(), version):
                        self._add(f"endpoint:{endpoint.name}", "endpoint", endpoint.name, _AFTER, uri=endpoint.name)
                        self._link(mine, f"endpoint:{endpoint.name}", deployment.name)

    def _asset(self, path: str) -> DataAsset | None:
        with _as_far_as_it_goes():
            if named := asset_named(path):
                return self._workspace.data.get(named.name, named.version, label=named.label)
        return None

    def _add_asset(self, asset: DataAsset, column: int) -> str:
        uri = f"azureml:{asset.name}:{asset.version}"
        self._add(_of_asset(asset), "data", f"{asset.name}:{asset.version}", column, detail=asset.path, uri=uri)
        return _of_asset(asset)

    def _add_job(self, job: Job, column: int) -> None:
        title = job.display_name or job.name
        self._add(_of_job(job.name), "job", title, column, detail=job.name, uri=job.name, status=job.status.value)

    def _add(self, identity: str, kind: str, title: str, column: int, **facts: str) -> None:
        node = {"id": identity, "kind": kind, "title": title, "column": column, **facts}
        self._nodes.setdefault(identity, LineageNode.model_validate(node))

    def _link(self, source: str, target: str, label: str = "") -> None:
        self._links.setdefault((source, target, label), LineageLink(source=source, target=target, label=label))


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    """A graph without one of its nodes is better than none."""
    try:
        yield
    except AzmlError:
        return


def _told_of(model: Model) -> str:
    return ", ".join([*model.aliases, *([model.stage] if model.stage else [])])


def _of_job(name: str) -> str:
    return f"job:{name}"


def _of_asset(asset: DataAsset) -> str:
    return f"data:{asset.name}:{asset.version}"
