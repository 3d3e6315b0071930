"""What a table is said to hold."""

import pytest

from jupyter_azml.entities import Preview, PreviewKind
from jupyter_azml.language import spoken


@pytest.mark.parametrize(
    ("rows", "is_exact", "columns", "english", "french"),
    [
        (1, True, 1, "1 row, 1 column", "1 ligne, 1 colonne"),
        (0, True, 2, "0 rows, 2 columns", "0 ligne, 2 colonnes"),
        (12_000, False, 3, "about 12,000 rows, 3 columns", "environ 12,000 lignes, 3 colonnes"),
        (None, True, 4, "4 columns", "4 colonnes"),
    ],
)
def test_a_shape_has_the_forms_of_its_numbers(rows, is_exact, columns, english, french):
    preview = Preview(
        path="a.csv",
        name="a.csv",
        kind=PreviewKind.TABLE,
        format="CSV",
        row_count=rows,
        is_row_count_exact=is_exact,
        column_count=columns,
    )
    with spoken("en"):
        assert preview.shape == english
    with spoken("fr"):
        assert preview.shape == french
