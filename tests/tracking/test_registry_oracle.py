"""Random calls, made to our registry and to MLflow's own, whose every answer and every error must be the same."""

import itertools
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mlflow.entities.model_registry import ModelVersion, ModelVersionTag, RegisteredModel, RegisteredModelTag
from mlflow.exceptions import MlflowException
from mlflow.store.model_registry import sqlalchemy_store
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy import event

from jupyter_azml.connect import open_model_registry
from jupyter_azml.tracking import registry
from jupyter_azml.tracking.address import tracking_uri

NAMES = st.sampled_from(["churn", "churn", "iris", "spam-2"])
ODD_NAMES = st.sampled_from(["", " ", "a/b", "a:b", None])
VERSIONS = st.sampled_from([1, 1, 2, 3, 99])
TEXTS = st.sampled_from(["", "one", "two\nlines", "é 100%", "a_b"])
TAGS = st.dictionaries(st.sampled_from(["team", "cost", "épreuve"]), TEXTS, max_size=2)
SOME_TAG = st.tuples(st.sampled_from(["team", "cost"]), TEXTS)
STAGES = st.sampled_from(["None", "staging", "Production", "Archived", "nonsense"])
ALIASES = st.sampled_from(["champion", "best", "latest", "v3", "a b", ""])
RUNS = st.sampled_from([None, "r1", "r2"])
SOURCES = st.sampled_from(["s3://bucket/model", "/nowhere/at/all", "dbfs:/x"])
OF_MODELS = st.sampled_from(
    [
        None,
        "",
        "name = 'churn'",
        "name != 'churn'",
        "name LIKE '%i%'",
        "name ILIKE 'CH_RN'",
        "name LIKE 'CH%'",
        "tags.team = 'one'",
        "tags.team != 'one' AND tags.cost LIKE '%'",
        "tags.`épreuve` ILIKE '%É%'",
        "tags.`mlflow.prompt.is_prompt` = 'true'",
        "tags.`mlflow.prompt.is_prompt` != 'true' AND name LIKE '%n%'",
        "name > 'a'",
        "nonsense = '1'",
    ]
)
OF_VERSIONS = st.sampled_from(
    [
        None,
        "name = 'churn'",
        "name LIKE '%'",
        "run_id = 'r1'",
        "run_id != 'r1'",
        "run_id IN ('r1', 'r2')",
        "run_id LIKE 'r_'",
        "source_path = 's3://bucket/model'",
        "source_path LIKE '%w%' AND name = 'iris'",
        "version_number > 1",
        "version_number = 2 AND name = 'churn'",
        "tag.team = 'one'",
        "tag.team LIKE '%' AND tag.cost != ''",
        "tag.`mlflow.prompt.is_prompt` = 'true'",
        "creation_timestamp > 3",
        "name IN ('churn')",
    ]
)
ORDERS_OF_MODELS = st.sampled_from(
    [None, ["name DESC"], ["timestamp"], ["last_updated_timestamp DESC"], ["name", "name"], ["x"]]
)
ORDERS_OF_VERSIONS = st.sampled_from(
    [
        None,
        ["name DESC"],
        ["version_number"],
        ["creation_timestamp DESC"],
        ["last_updated_timestamp", "name DESC"],
        ["x"],
    ]
)
MOST = st.sampled_from([1, 2, 100])


def calls(call: str, weight: int = 1, /, **arguments: st.SearchStrategy[Any]) -> list[st.SearchStrategy[Any]]:
    return [st.tuples(st.just(call), st.fixed_dictionaries(arguments))] * weight


CALLS = st.one_of(
    *calls("create_registered_model", 2, name=NAMES, tags=TAGS, description=TEXTS),
    *calls("create_registered_model", 1, name=ODD_NAMES, tags=TAGS, description=TEXTS),
    *calls("create_prompt", 1, name=NAMES),
    *calls("create_model_version", 6, name=NAMES, source=SOURCES, run_id=RUNS, tags=TAGS, description=TEXTS),
    *calls("update_registered_model", name=NAMES, description=TEXTS),
    *calls("rename_registered_model", name=NAMES, new_name=NAMES | ODD_NAMES),
    *calls("delete_registered_model", name=NAMES),
    *calls("get_registered_model", 2, name=NAMES | ODD_NAMES),
    *calls("set_registered_model_tag", name=NAMES, tag=st.tuples(st.sampled_from(["team", "cost", ""]), TEXTS)),
    *calls("delete_registered_model_tag", name=NAMES, key=st.sampled_from(["team", "cost"])),
    *calls("update_model_version", name=NAMES, version=VERSIONS, description=TEXTS),
    *calls(
        "transition_model_version_stage",
        3,
        name=NAMES,
        version=VERSIONS,
        stage=STAGES,
        archive_existing_versions=st.booleans(),
    ),
    *calls("delete_model_version", name=NAMES, version=VERSIONS),
    *calls("get_model_version", 2, name=NAMES, version=VERSIONS | st.sampled_from(["1", "x"])),
    *calls("get_model_version_download_uri", name=NAMES, version=VERSIONS),
    *calls(
        "set_model_version_tag",
        2,
        name=NAMES,
        version=VERSIONS,
        tag=st.tuples(st.sampled_from(["team", "cost"]), TEXTS),
    ),
    *calls("delete_model_version_tag", name=NAMES, version=VERSIONS, key=st.sampled_from(["team", "cost"])),
    *calls("set_registered_model_alias", 3, name=NAMES, alias=ALIASES, version=VERSIONS),
    *calls("delete_registered_model_alias", name=NAMES, alias=ALIASES),
    *calls("get_model_version_by_alias", 2, name=NAMES, alias=st.sampled_from(["champion", "best", "a b"])),
    *calls("get_latest_versions", 2, name=NAMES, stages=st.none() | st.lists(STAGES, max_size=2)),
    *calls("search_registered_models", 4, filter_string=OF_MODELS, max_results=MOST, order_by=ORDERS_OF_MODELS),
    *calls("search_model_versions", 4, filter_string=OF_VERSIONS, max_results=MOST, order_by=ORDERS_OF_VERSIONS),
)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("registries")
    shutil.copy(empty_database, folder / "theirs.db")
    theirs = SqlAlchemyStore(f"sqlite:///{folder}/theirs.db")
    theirs.engine.dispose()
    # Nobody cuts the power.
    event.listen(theirs.engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous = OFF"))
    return open_model_registry(tracking_uri(folder / "ours")), theirs


class TestTheRegistry:
    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(CALLS, min_size=20, max_size=50))
    def test_answers_like_mlflows_own(self, stores: tuple[Any, Any], made: list[tuple[str, dict[str, Any]]]) -> None:
        clocks = [itertools.count(1), itertools.count(1)]
        for store in stores:
            for model in _all(store):
                store.delete_registered_model(model.name)
        begin = [("create_registered_model", {"name": "churn", "tags": {}, "description": ""})]
        begin += [
            (
                "create_model_version",
                {"name": "churn", "source": "s3://b", "run_id": "r1", "tags": {}, "description": ""},
            )
        ]
        for call, arguments in [*begin, *made]:
            answers = []
            for store, module, clock in zip(stores, (registry, sqlalchemy_store), clocks, strict=True):
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(module, "get_current_time_millis", partial(next, clock))
                    answers.append(_asked(store, call, dict(arguments)))
            assert answers[0] == answers[1], (call, arguments)
            # Each call has a moment of its own, however often a store looks at the clock.
            now = max(map(next, clocks))
            clocks = [itertools.count(now), itertools.count(now)]


def _all(store: Any) -> list[RegisteredModel]:
    prompts = store.search_registered_models("tags.`mlflow.prompt.is_prompt` = 'true'", 1000)
    return [*store.search_registered_models(None, 1000), *prompts]


def _asked(store: Any, call: str, arguments: dict[str, Any]) -> Any:
    """The answer as plain data, with the pages after it; or the error's code."""
    of_version = "version" in call
    kind = ModelVersionTag if of_version else RegisteredModelTag
    if "tags" in arguments:
        arguments["tags"] = [kind(key, value) for key, value in arguments["tags"].items()]
    if "tag" in arguments:
        arguments["tag"] = kind(*arguments["tag"])
    try:
        answer = getattr(store, call)(**arguments)
        if call.startswith("search"):
            pages = [answer]
            while pages[-1].token:
                pages.append(getattr(store, call)(**arguments, page_token=pages[-1].token))
            return [[_plain(each) for each in page] for page in pages]
    except MlflowException as error:
        return error.error_code
    if call == "get_latest_versions":
        return sorted((_plain(each) for each in answer), key=str)
    with_aliases = of_version and "uri" not in call and call != "delete_model_version" and hasattr(answer, "aliases")
    return (_plain(answer), sorted(answer.aliases) if with_aliases else None)


def _plain(answer: Any) -> Any:
    if isinstance(answer, ModelVersion):
        named = ("name", "version", "creation_timestamp", "last_updated_timestamp", "current_stage", "source", "run_id")
        more = (answer.description or None, answer._tags, answer.status, answer.run_link)
        return [*(getattr(answer, name) for name in named), *more]
    if isinstance(answer, RegisteredModel):
        named = (answer.name, answer.creation_timestamp, answer.last_updated_timestamp, answer.description or None)
        return [*named, answer._tags, answer.aliases, sorted(map(_plain, answer.latest_versions), key=str)]
    return getattr(answer, "name", None) and (answer.name, answer.tags) if not isinstance(answer, str) else answer


def test_the_folder_of_the_workspace_is_its_address(tmp_path: Path) -> None:
    folder = tmp_path / "a b %20"
    store = open_model_registry(tracking_uri(folder))
    store.create_registered_model("churn")
    assert (folder / "workspace.db").exists()
    assert open_model_registry(tracking_uri(folder)).get_registered_model("churn").name == "churn"
