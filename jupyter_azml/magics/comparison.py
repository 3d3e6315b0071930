"""Jobs side by side in a notebook: an HTML table, and what was written otherwise."""

import html
from typing import Any

from ..actions.compare_jobs import Row, rows_of
from ..entities import Comparison, SourceChange
from ..language import _


class ComparedJobs:
    """``comparison`` is the entity; ``to_pandas()`` has a row for each thing and a column for each job."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def to_pandas(self) -> Any:
        import pandas

        facts = {(fact.kind, fact.name): fact.values for fact in self.comparison.facts}
        metrics = {
            ("metric", metric.key): [summary and summary.last for summary in metric.summaries]
            for metric in self.comparison.metrics
        }
        return pandas.DataFrame.from_dict(facts | metrics, orient="index", columns=list(self.comparison.jobs))

    def _repr_html_(self) -> str:
        compared = self.comparison
        heads = "".join(
            f"<th>{html.escape(title)}<br><code>{html.escape(name)}</code></th>"
            for title, name in zip(compared.titles, compared.jobs, strict=True)
        )
        rows = "".join(map(_row, rows_of(compared)))
        changes = "".join(
            f"<details{' open' if change.text else ''}><summary>{_title(change)}</summary>"
            f"<pre>{html.escape(change.text)}</pre></details>"
            for change in compared.changes
        )
        return f"<table><thead><tr><th></th><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>{changes}"

    def __repr__(self) -> str:
        return "\n".join(
            f"{'*' if row.differs else ' '} {row.section} {row.name}: {' | '.join(row.cells)}"
            for row in rows_of(self.comparison)
        )


def _row(row: Row) -> str:
    cells = "".join(f"<td>{_emphasised(cell, row.differs)}</td>" for cell in row.cells)
    return f"<tr><td>{html.escape(row.section)}</td><td>{html.escape(row.name)}</td>{cells}</tr>"


def _emphasised(cell: str, differs: bool) -> str:
    return f"<b>{html.escape(cell)}</b>" if differs else html.escape(cell)


def _title(change: SourceChange) -> str:
    same, other = _("{job}: the source is the same.", job=change.job), _("{job}: changes in the source", job=change.job)
    return html.escape(other if change.text else same)
