"""A look into data in a notebook: tables with small bars, which are saved with it and need nothing to be seen."""

import html
from typing import Any

from ..entities import ColumnProfile, Preview, PreviewKind, Profile
from ..language import _

_STYLE = "font-variant-numeric: tabular-nums; text-align: {align}; white-space: nowrap; max-width: 24em; "
_STYLE += "overflow: hidden; text-overflow: ellipsis"
_MOST_COLUMNS = 50
_BAR = "display: inline-block; width: 5px; margin-right: 1px; vertical-align: bottom; background: #1976d2; height: {}px"
_TALL = 28


class ShownPreview:
    """``preview`` is the entity; ``to_pandas()`` has its rows."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview

    def to_pandas(self) -> Any:
        """The rows that are shown; all of them: ``jupyter_azml.data(…).to_pandas()``."""
        import pandas

        return pandas.DataFrame(list(self.preview.rows), columns=[column.name for column in self.preview.columns])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in Preview.model_fields:
            raise AttributeError(name)
        return getattr(self.preview, name)

    def _repr_html_(self) -> str:
        preview = self.preview
        parts = [f"<p><b>{html.escape(preview.name)}</b> {html.escape(_told(preview))}</p>"]
        parts += [f"<p><i>{html.escape(note)}</i></p>" for note in preview.notes]
        if preview.kind is PreviewKind.TABLE:
            parts.append(_rows(preview))
        elif preview.kind is PreviewKind.IMAGE:
            parts.append(f'<img src="{preview.image}" alt="{html.escape(preview.name, quote=True)}">')
        elif preview.kind is PreviewKind.FOLDER:
            names = (f"{file.path}{'/' if file.is_folder else ''}" for file in preview.files)
            parts.append("".join(f"<div>{html.escape(name)}</div>" for name in names))
        else:
            more = "\n…" if preview.is_text_cut else ""
            parts.append(f"<pre>{html.escape(preview.text)}{more}</pre>")
        return "".join(parts)

    def __repr__(self) -> str:
        preview = self.preview
        if preview.kind is PreviewKind.TABLE:
            return f"{preview.name} {_told(preview)}\n{self.to_pandas()}"
        return f"{preview.name} {_told(preview)}\n{preview.text or [file.path for file in preview.files]}"


class ShownProfile:
    """``profile`` is the entity; ``to_pandas()`` has a row for each column, with the words of ``describe``."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def to_pandas(self) -> Any:
        import pandas

        names = {"q25": "25%", "median": "50%", "q75": "75%"}
        rows = [column.model_dump(exclude={"histogram", "top"}) for column in self.profile.columns]
        return pandas.DataFrame(rows).rename(columns=names).set_index("name") if rows else pandas.DataFrame()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in Profile.model_fields:
            raise AttributeError(name)
        return getattr(self.profile, name)

    def _repr_html_(self) -> str:
        profile = self.profile
        heads = [_("Column"), _("Type"), _("Missing"), _("Distinct"), _("Mean"), _("Deviation"), _("Lowest"), "25 %"]
        heads += [_("Median"), "75 %", _("Highest"), _("Distribution")]
        head = "".join(f"<th>{html.escape(each)}</th>" for each in heads)
        notes = "".join(f"<p><i>{html.escape(note)}</i></p>" for note in profile.notes)
        body = "".join(_column(column) for column in profile.columns)
        return (
            f"<p><b>{html.escape(profile.name)}</b> {html.escape(_basis(profile))}</p>{notes}"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        return f"{self.profile.name} {_basis(self.profile)}\n{self.to_pandas()}"


def _told(preview: Preview) -> str:
    facts = [preview.format]
    if preview.kind is PreviewKind.TABLE:
        facts.append(preview.shape)
    return " · ".join([*facts, *(value for value in preview.details.values() if value)])


def _basis(profile: Profile) -> str:
    count = f"{profile.rows_read:,}"
    if profile.is_sample:
        return _("measured on the first {count} rows", count=count)
    return _("measured on all {count} rows", count=count)


def _rows(preview: Preview) -> str:
    columns = preview.columns[:_MOST_COLUMNS]
    heads = "".join(
        f"<th>{html.escape(column.name)}<br><small>{column.type.lower()}</small></th>" for column in columns
    )
    more = f"<th>+{preview.column_count - len(columns)}</th>" if preview.column_count > len(columns) else ""
    body = "".join(f"<tr>{''.join(map(_cell, row[:_MOST_COLUMNS]))}</tr>" for row in preview.rows)
    return f"<table><thead><tr>{heads}{more}</tr></thead><tbody>{body}</tbody></table>"


def _column(column: ColumnProfile) -> str:
    share = column.missing / max(1, column.missing + column.count)
    measures = (column.mean, column.std, column.min, column.q25, column.median, column.q75, column.max)
    cells = (
        column.name,
        column.type.lower(),
        f"{share:.1%}" if column.missing else "",
        f"{'' if column.is_distinct_exact else '≈ '}{column.distinct:,}",
        *(f"{value:.6g}" if isinstance(value, float) else value for value in measures),
    )
    told = "".join(_cell("" if cell is None else cell) for cell in cells)
    return f"<tr>{told}<td style='white-space: nowrap; text-align: left'>{_bars(column)}</td></tr>"


def _bars(column: ColumnProfile) -> str:
    if not column.histogram:
        return html.escape(", ".join(f"{str(each.value)[:24]} ({each.count:,})" for each in column.top))
    most = max(each.count for each in column.histogram)
    return "".join(
        f'<span title="{html.escape(f"{each.low} – {each.high}: {each.count:,}")}" '
        f'style="{_BAR.format(max(1, round(_TALL * each.count / most)) if each.count else 0)}"></span>'
        for each in column.histogram
    )


def _cell(value: Any) -> str:
    align = "right" if isinstance(value, int | float) else "left"
    text = "<i>null</i>" if value is None else html.escape(str(value))
    return f"<td style='{_STYLE.format(align=align)}'>{text}</td>"
