"""The words of the views in the user's language; the page has none of its own but English."""

from ..entities import JobStatus
from ..language import _
from ..settings import language


def labels() -> dict[str, str]:
    return {status.value: _(status.value) for status in JobStatus} | _card() | _panel() | _charts()


def _card() -> dict[str, str]:
    return {
        "locale": language(),
        "cancel": _("Cancel"),
        "cell": _("cell {k} of {n}"),
        "log": _("Log"),
        "metric": _("{key}: last value {value}"),
        "step": _("step"),
        "stale": _("As it was when it was last shown. Run the cell again to follow it."),
    }


def _panel() -> dict[str, str]:
    return {
        "jobs": _("Jobs"),
        "job": _("Job"),
        "status": _("Status"),
        "duration": _("Duration"),
        "curves": _("Curves"),
        "table": _("Table"),
        "parallel": _("Parallel axes"),
        "metrics": _("Metrics"),
        "search": _("Search metrics"),
        "none found": _("No metric is called so."),
        "all": _("All"),
        "none": _("None"),
        "differing": _("Only what differs"),
        "last": _("Last"),
        "min": _("Lowest"),
        "max": _("Highest"),
        "value": _("Value"),
        "hide": _("Hide or show {name}. Double-click: this one alone."),
        "no parameters": _("These jobs have no parameters that differ."),
        "no metric": _("No metrics yet. They appear here as the jobs log them."),
        "filtered": _("{k} of {n} jobs"),
        "clear": _("Clear the filter"),
        "brush": _("{name}: drag to filter, double-click to clear. Arrow keys go, too."),
        "csv": _("CSV"),
        "csv table": _("Save the table as CSV"),
    }


def _charts() -> dict[str, str]:
    return {
        "axis": _("Axis"),
        "relative": _("time since the start"),
        "wall": _("time of day"),
        "epoch": _("epoch"),
        "smoothing": _("Smoothing"),
        "log axis": _("Logarithmic"),
        "reset zoom": _("Whole range"),
        "png": _("PNG"),
        "save png": _("Save the curves as a picture"),
        "save points": _("Save the points as CSV"),
        "not positive": _("{n} values of 0 or less are not drawn"),
        "not finite": _("{n} values are no numbers"),
        "no epochs": _("No job has logged a metric named epoch."),
        "chart": _("{key}, {n} jobs. Drag to zoom, arrow keys to read values, 0 for the whole range."),
        "empty": _("Nothing in this range."),
        "more": _("and {n} more"),
    }
