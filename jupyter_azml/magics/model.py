"""A version of a model in a notebook."""

import html
from pathlib import Path
from typing import Any

from ..actions.describe_model import describe_model
from ..entities import Model
from ..workspace import Workspace


class ShownModel:
    """``model`` is the entity, whose fields it has too; ``download()`` brings the files here."""

    def __init__(self, workspace: Workspace, model: Model) -> None:
        self._workspace = workspace
        self.model = model

    def download(self, folder: str | Path = ".") -> Path:
        """Into the folder, under the model's own file name."""
        return self._workspace.models.download(
            self.model.name, self.model.version, Path(folder).expanduser().absolute()
        )

    def to_pandas(self) -> Any:
        import pandas

        return pandas.DataFrame([self.model.model_dump()])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.model, name)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(label)}</th>"
            f"<td style='text-align:left;white-space:pre-wrap'>{html.escape(value)}</td></tr>"
            for label, value in describe_model(self.model).items()
            if value
        )
        title = html.escape(f"{self.model.name}:{self.model.version}")
        return f"<b>{title}</b> {html.escape(self.model.type)}<table>{rows}</table>"

    def __repr__(self) -> str:
        lines = [f"{label}: {value}" for label, value in describe_model(self.model).items() if value]
        return "\n".join([f"{self.model.name}:{self.model.version}  {self.model.type}", *lines])
