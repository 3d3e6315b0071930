"""A connection's YAML."""

from pathlib import Path

import pytest

from jupyter_azml.errors import SpecInvalid
from jupyter_azml.schemas.connection import read_connection

FILE = Path("connection.yml")


@pytest.mark.parametrize(
    ("text", "type", "target", "credentials"),
    [
        (
            "type: azure_open_ai\nazure_endpoint: https://a\napi_key: k\napi_version: v1",
            "azure_open_ai",
            "https://a",
            {"key": "k"},
        ),
        ("type: git\ntarget: https://g\ncredentials: {type: pat, pat: p}", "git", "https://g", {"pat": "p"}),
        (
            "type: S3\ntarget: b\ncredentials: {type: access_key, access_key_id: a, secret_access_key: s}",
            "s3",
            "b",
            {"access_key_id": "a", "secret_access_key": "s"},
        ),
        (
            "type: snowflake\ntarget: t\ncredentials: {type: username_password, username: u, password: '0123'}",
            "snowflake",
            "t",
            {"username": "u", "password": "0123"},
        ),
        ("type: api_key\napi_base: b\napi_key: k", "api_key", "b", {"key": "k"}),
        ("type: custom\ntarget: t\ncredentials: {a: x, b: y}", "custom", "t", {"a": "x", "b": "y"}),
        ("type: container_registry\ntarget: t\ncredentials: {type: managed_identity}", "container_registry", "t", {}),
        ("type: custom", "custom", "", {}),
    ],
)
def test_files_of_az_ml_are_taken(text, type, target, credentials):
    found, values = read_connection(f"name: one\n{text}\n", FILE)
    assert (found.name, found.type, found.target, values) == ("one", type, target, credentials)
    assert found.credentials == tuple(sorted(credentials))


def test_another_name_and_what_else_is_said_of_it():
    text = "name: one\ntype: azure_open_ai\napi_version: v1\nmetadata: {a: 1}\ntags: {b: 2}\n"
    found, _values = read_connection(text, FILE, name="two")
    assert (found.name, found.tags) == ("two", {"api_version": "v1", "a": "1", "b": "2"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("type: git\n", "name: is missing"),
        ("name: a\n", "type: is missing"),
        ("name: a\ntype: gti\n", "did you mean git"),
        ("name: a\ntype: git\ntagret: x\n", "did you mean target"),
        ("name: a\ntype: git\ncredentials: {type: pat}\n", "credentials.pat: is missing"),
        ("name: a\ntype: git\ncredentials: {type: pat, pat: x, pta: y}\n", "credentials.pta: unknown key"),
    ],
)
def test_faults_are_named(text, said):
    with pytest.raises(SpecInvalid, match=said):
        read_connection(text, FILE)


@pytest.mark.parametrize(
    "text",
    [
        "hunter2",
        "- hunter2",
        "name: a\ntype: git\ncredentials: hunter2\n",
        "name: a\ntype: git\ncredentials: {type: pat, pat: [hunter2]}\n",
        "name: a\ntype: api_key\napi_key: {hunter2: hunter2}\n",
        "name: a\ntype: custom\ncredentials: {a: {b: hunter2}}\n",
        "name: a\ntype: git\npassword: *hunter2\n",
        "name: a\ntype: git\nmetadata: hunter2\n",
        "name: a\ntype: git\npassword: 'hunter2\n",
        "name: a\ntype: git\ntarget: [hunter2]\n",
    ],
)
def test_no_fault_quotes_a_value(text):
    with pytest.raises(SpecInvalid) as caught:
        read_connection(text, FILE)
    assert "hunter2" not in str(caught.value)


def test_a_number_is_not_taken_for_a_credential():
    with pytest.raises(SpecInvalid, match="put it in quotes"):
        read_connection("name: a\ntype: custom\ncredentials: {password: 0123}\n", FILE)
