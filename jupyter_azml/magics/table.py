"""A page of entities in a notebook: an HTML table that can become a DataFrame."""

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..entities import Page
from ..entities.base import Entity
from ..language import _

_COLUMNS = {
    "Alert": ("endpoint", "name", "metric", "state", "since", "value", "message"),
    "AlertChange": ("at", "alert", "state", "action", "error", "message"),
    "BatchEndpoint": ("name", "default_deployment", "created", "description"),
    "BatchDeployment": ("name", "endpoint_name", "model", "compute", "created"),
    "Job": ("name", "status", "display_name", "experiment", "created", "started", "ended"),
    "Compute": ("name", "type", "state", "size", "busy_nodes", "idle_nodes", "max_nodes"),
    "Datastore": ("name", "type", "container_name", "account_name", "endpoint", "path", "is_default"),
    "Captured": ("name", "kind", "type", "size", "via"),
    "Environment": ("name", "version", "state", "created", "packages", "image"),
    "File": ("path", "size", "modified"),
    "NotebookReport": ("path", "verdict", "message", "seconds", "is_cached"),
    "Parameter": ("name", "type", "default", "help"),
    "DataAsset": ("name", "version", "type", "created", "job", "path"),
    "OnlineEndpoint": ("name", "state", "traffic", "scoring_uri", "description"),
    "OnlineDeployment": ("name", "state", "is_answering", "model", "instance_count", "reason"),
    "Model": ("name", "version", "type", "stage", "aliases", "created", "size", "path"),
    "CommandSpec": ("type", "command", "code", "compute", "experiment"),
    "NotebookSpec": ("type", "notebook", "code", "compute", "experiment"),
}


class Table:
    """Iterates over the entities; ``to_pandas()`` has a column per field."""

    def __init__(self, page: Page[Any]) -> None:
        self.items: tuple[Entity, ...] = page.items
        self.continuation = page.continuation

    def to_pandas(self) -> Any:
        import pandas

        return pandas.DataFrame([item.model_dump() for item in self.items])

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Entity:
        return self.items[index]

    def _repr_html_(self) -> str:
        if not self.items:
            return f"<i>{html.escape(_('Nothing here yet.'))}</i>"
        columns = self._columns()
        head = "".join(f"<th>{html.escape(_(column.replace('_', ' ')))}</th>" for column in columns)
        rows = "".join(
            f"<tr>{''.join(f'<td>{_cell(getattr(item, c))}</td>' for c in columns)}</tr>" for item in self.items
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def __repr__(self) -> str:
        rows = [self._columns(), *([_text(getattr(item, c)) for c in self._columns()] for item in self.items)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        return "\n".join(
            "  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)) for row in rows
        )

    def _columns(self) -> list[str]:
        kind = type(self.items[0]) if self.items else Entity
        return list(_COLUMNS.get(kind.__name__, tuple(kind.model_fields)))


def _cell(value: Any) -> str:
    return html.escape(_text(value))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
