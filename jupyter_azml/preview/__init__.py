"""A bounded look into data: rows, types, measures of columns. Knows no workspace, only files that can seek."""
