"""The OpenAPI document says what the server does."""

import json
import re
import sys

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from jupyter_azml import entities
from jupyter_azml.server.openapi import document
from jupyter_azml.server.openapi.paths import paths_of
from jupyter_azml.server.routes import ROUTES
from tests.conftest import notebook_writer

DOCUMENT = document()
OPERATIONS = [
    pytest.param(path, method, operation, id=f"{method} {path}")
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
# What is not ours to describe: files in the form of Jupyter's contents API, a model's own answer, this document.
SHAPELESS = ("/contents", "/score", "/openapi.json", "/download")


def test_it_is_valid_openapi():
    OpenAPIV31SpecValidator(DOCUMENT).validate()
    names = [operation["operationId"] for _path, _method, operation in (each.values for each in OPERATIONS)]
    assert sorted(names) == sorted(set(names))


def test_no_two_models_of_requests_have_one_name():
    modules = {handler.__module__ for _pattern, handler in ROUTES}
    models = [
        each
        for module in modules
        for each in vars(sys.modules[module]).values()
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__module__ == module
    ]
    names = [each.__name__ for each in models]
    assert len(names) > 10
    assert sorted(names) == sorted(set(names) - set(entities.__all__))


@pytest.mark.parametrize(("pattern", "handler"), ROUTES, ids=[pattern for pattern, _handler in ROUTES])
def test_every_url_of_the_table_is_described_and_matches_its_template(pattern, handler):
    for path in paths_of(pattern):
        values = {name: schema.get("enum", ["x1"])[0] for name, schema in path.parameters.items()}
        example = path.template.format_map(values)
        assert re.fullmatch(pattern, example), example
        if hasattr(handler, "answer"):
            assert path.template in DOCUMENT["paths"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_says_what_it_answers_and_what_it_takes(path, method, operation):
    (status,) = (status for status in operation["responses"] if status != "default")
    if not any(part in path for part in SHAPELESS) and status != "204":
        assert operation["responses"][status]["content"]["application/json"]["schema"]
    if method in ("put", "patch"):
        assert "requestBody" in operation


def test_what_is_asked_in_the_query_is_found_in_the_functions_that_read_it():
    asked = {each["name"]: each for each in DOCUMENT["paths"]["/azml/api/jobs"]["get"]["parameters"]}
    assert {"limit", "continuation", "status", "tag", "experiment", "archived", "created_after"} <= set(asked)
    assert asked["limit"]["schema"] == {"type": "integer", "default": 50}
    assert asked["status"]["schema"]["type"] == "array"
    preview = {each["name"]: each for each in DOCUMENT["paths"]["/azml/api/preview"]["get"]["parameters"]}
    assert preview["path"]["required"]


@pytest.fixture
def write_notebook(jp_root_dir):
    return notebook_writer(jp_root_dir)


async def test_answers_have_the_shape_that_is_described(jp_fetch, write_notebook):
    write_notebook("# parameters\nn = 1", name="train.ipynb")
    body = json.dumps({"path": "train.ipynb"})
    made = json.loads((await jp_fetch("azml", "api", "jobs", method="POST", body=body)).body)
    check(DOCUMENT["paths"]["/azml/api/jobs"]["post"], "201", made)
    given = {"path": {"path": "train.ipynb"}}
    asked = 0
    for path, methods in DOCUMENT["paths"].items():
        needed = [each["name"] for each in methods.get("get", {}).get("parameters", ()) if each.get("required")]
        if "get" in methods and "{" not in path and set(needed) <= set(given):
            query = {name: given[name][name] for name in needed}
            found = await jp_fetch(*path.strip("/").split("/"), params=query, raise_error=False)
            status = str(found.code) if found.code == 200 else "default"
            check(methods["get"], status, json.loads(found.body))
            asked += 1
    assert asked > 10


def check(operation, status, answer):
    schema = operation["responses"][status]["content"]["application/json"].get("schema", {})
    jsonschema.validate(answer, {**schema, "components": DOCUMENT["components"]})


async def test_the_server_hands_it_out(jp_fetch):
    found = await jp_fetch("azml", "api", "openapi.json")
    assert json.loads(found.body) == DOCUMENT
