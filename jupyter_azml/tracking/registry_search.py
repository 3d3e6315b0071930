"""MLflow's searches in a registry of models: parsed by MLflow, decided over rows.

The meaning is that of MLflow's ``SqlAlchemyStore``, down to the prompts that are left out unless they are asked for.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mlflow.exceptions import MlflowException
from mlflow.prompt.constants import IS_PROMPT_TAG_KEY
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE
from mlflow.store.model_registry import (
    SEARCH_MODEL_VERSION_MAX_RESULTS_DEFAULT,
    SEARCH_MODEL_VERSION_MAX_RESULTS_THRESHOLD,
    SEARCH_REGISTERED_MODEL_MAX_RESULTS_DEFAULT,
    SEARCH_REGISTERED_MODEL_MAX_RESULTS_THRESHOLD,
)
from mlflow.utils.search_utils import SearchModelUtils, SearchModelVersionUtils, SearchUtils

from .registry_rows import ModelRow, VersionRow

Row = TypeVar("Row", ModelRow, VersionRow)
Clause = dict[str, Any]

_OF_VERSIONS = {
    "name": "name",
    "version_number": "number",
    "run_id": "run",
    "source_path": "source",
    "creation_timestamp": "created",
    "last_updated_timestamp": "updated",
}
_OF_MODELS = {"name": "name", "timestamp": "updated", "last_updated_timestamp": "updated"}
_USUAL_ORDER = ["last_updated_timestamp DESC", "name ASC", "version_number DESC"]


def page_of_models(
    rows: list[ModelRow], filter_string: str | None, most: int | None, order_by: list[str] | None, token: str | None
) -> tuple[list[ModelRow], str | None]:
    """Raises MlflowException for a filter or an order that MLflow does not take."""
    most = SEARCH_REGISTERED_MODEL_MAX_RESULTS_DEFAULT if most is None else most
    _check_most(most, SEARCH_REGISTERED_MODEL_MAX_RESULTS_THRESHOLD, least=0)
    clauses = SearchModelUtils.parse_search_filter(filter_string)
    order = [SearchUtils.parse_order_by_for_search_registered_models(each) for each in order_by or ()]
    prompts = {row.name for row in rows if row.tags.get(IS_PROMPT_TAG_KEY) == "true"}
    found = _matching(rows, clauses, _OF_MODELS, prompts)
    _sort(found, [(_OF_MODELS[key], rises) for key, rises in order], [("name", True)])
    return _page(found, most, token)


def page_of_versions(
    rows: list[VersionRow],
    models: list[ModelRow],
    filter_string: str | None,
    most: int | None,
    order_by: list[str] | None,
    token: str | None,
) -> tuple[list[VersionRow], str | None]:
    """Raises MlflowException for a filter or an order that MLflow does not take."""
    most = SEARCH_MODEL_VERSION_MAX_RESULTS_DEFAULT if most is None else most
    _check_most(most, SEARCH_MODEL_VERSION_MAX_RESULTS_THRESHOLD, least=1)
    clauses = SearchModelVersionUtils.parse_search_filter(filter_string)
    order = [
        SearchModelVersionUtils.parse_order_by_for_search_model_versions(each)[1:] for each in order_by or _USUAL_ORDER
    ]
    prompts = {row.name for row in models if row.tags.get(IS_PROMPT_TAG_KEY) == "true"}
    prompts |= {row.name for row in rows if row.tags.get(IS_PROMPT_TAG_KEY) == "true"}
    found = _matching(rows, clauses, _OF_VERSIONS, prompts)
    _sort(found, [(_OF_VERSIONS[key], rises) for key, rises in order], [("name", True), ("number", False)])
    return _page(found, most, token)


def _matching(rows: list[Row], clauses: list[Clause], fields: dict[str, str], prompts: set[str]) -> list[Row]:
    asks_for_prompts = _asks_for_prompts(clauses)
    if not asks_for_prompts:
        rows = [row for row in rows if row.name not in prompts]
        clauses = [clause for clause in clauses if (clause["type"], clause["key"]) != ("tag", IS_PROMPT_TAG_KEY)]
    tests = [_test(clause, fields) for clause in clauses]
    return [row for row in rows if all(test(row) for test in tests)]


def _asks_for_prompts(clauses: list[Clause]) -> bool:
    for clause in clauses:
        if clause["type"] == "tag" and clause["key"] == IS_PROMPT_TAG_KEY:
            asked = (clause["comparator"], clause["value"].lower())
            return asked in (("=", "true"), ("!=", "false"))
    return False


def _test(clause: Clause, fields: dict[str, str]) -> Callable[[Any], bool]:
    kind, key, comparator, value = clause["type"], clause["key"], clause["comparator"].upper(), clause["value"]
    is_number = key in ("version_number",)
    allowed = ("=", "!=", "<", "<=", ">", ">=") if is_number else ("=", "!=", "LIKE", "ILIKE")
    if key == "run_id" and kind == "attribute":
        allowed = (*allowed, "IN")
    if comparator not in allowed:
        raise MlflowException(f"Invalid comparator for {kind} {key}: {comparator}", INVALID_PARAMETER_VALUE)
    if is_number and isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value)
    compare = _like(value, comparator) if "LIKE" in comparator else _comparison(comparator, value)

    def test(row: Any) -> bool:
        found = row.tags.get(key) if kind == "tag" else getattr(row, fields[key])
        return found is not None and compare(found)

    return test


def _comparison(comparator: str, value: Any) -> Callable[[Any], bool]:
    function = SearchUtils.get_comparison_func(comparator)
    return lambda found: bool(function(found, value))


def _like(pattern: str, comparator: str) -> Callable[[str], bool]:
    """As SQL has it: over the whole text, lines and all."""
    signs = {"%": ".*", "_": "."}
    regex = "".join(signs.get(sign) or re.escape(sign) for sign in pattern)
    flags = re.DOTALL | (re.IGNORECASE if comparator == "ILIKE" else 0)
    return lambda found: re.fullmatch(regex, found, flags) is not None


def _sort(rows: list[Any], order: Sequence[tuple[str, bool]], last: Sequence[tuple[str, bool]]) -> None:
    fields = [field for field, _rises in order]
    if len(set(fields)) < len(fields):
        raise MlflowException(f"`order_by` contains duplicate fields: {fields}")
    for field, rises in reversed([*order, *(each for each in last if each[0] not in fields)]):
        rows.sort(key=lambda row: getattr(row, field), reverse=not rises)


def _page(rows: list[Row], most: int, token: str | None) -> tuple[list[Row], str | None]:
    found, following = SearchUtils.paginate(rows, token, most)
    return found, following


def _check_most(most: Any, threshold: int, least: int) -> None:
    if not isinstance(most, int) or most < least:
        raise MlflowException(
            f"Invalid value for max_results. It must be a positive integer, but got {most}", INVALID_PARAMETER_VALUE
        )
    if most > threshold:
        raise MlflowException(
            f"Invalid value for request parameter max_results. It must be at most {threshold}, but got value {most}",
            INVALID_PARAMETER_VALUE,
        )
