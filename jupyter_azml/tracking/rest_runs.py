"""What MLflow's REST API does with experiments and runs: a message of MLflow's and the store in, its answer out."""

import json
import time
from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from mlflow.entities import DatasetInput, ExperimentTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException
from mlflow.models import Model
from mlflow.protos import service_pb2 as pb
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST

_MOST_POINTS = 25_000


def _create_experiment(store: Any, asked: Any) -> Message:
    tags = [ExperimentTag(tag.key, tag.value) for tag in asked.tags]
    return pb.CreateExperiment.Response(experiment_id=store.create_experiment(asked.name, None, tags))


def _get_experiment(store: Any, asked: Any) -> Message:
    return pb.GetExperiment.Response(experiment=store.get_experiment(asked.experiment_id).to_proto())


def _get_experiment_by_name(store: Any, asked: Any) -> Message:
    found = store.get_experiment_by_name(asked.experiment_name)
    if found is None:
        raise MlflowException(f"Could not find experiment with name '{asked.experiment_name}'", RESOURCE_DOES_NOT_EXIST)
    return pb.GetExperimentByName.Response(experiment=found.to_proto())


def _search_experiments(store: Any, asked: Any) -> Message:
    view = asked.view_type if asked.HasField("view_type") else ViewType.ACTIVE_ONLY
    page = store.search_experiments(
        view_type=view,
        max_results=asked.max_results or 1000,
        filter_string=asked.filter,
        order_by=list(asked.order_by),
        page_token=asked.page_token or None,
    )
    return pb.SearchExperiments.Response(experiments=[each.to_proto() for each in page], next_page_token=page.token)


def _delete_experiment(store: Any, asked: Any) -> None:
    store.delete_experiment(asked.experiment_id)


def _restore_experiment(store: Any, asked: Any) -> None:
    store.restore_experiment(asked.experiment_id)


def _update_experiment(store: Any, asked: Any) -> None:
    store.rename_experiment(asked.experiment_id, asked.new_name)


def _set_experiment_tag(store: Any, asked: Any) -> None:
    store.set_experiment_tag(asked.experiment_id, ExperimentTag(asked.key, asked.value))


def _create_run(store: Any, asked: Any) -> Message:
    tags = [RunTag(tag.key, tag.value) for tag in asked.tags]
    start = asked.start_time or int(time.time() * 1000)
    run = store.create_run(asked.experiment_id or "0", asked.user_id, start, tags, asked.run_name or None)
    return pb.CreateRun.Response(run=run.to_proto())


def _update_run(store: Any, asked: Any) -> Message:
    info = store.update_run_info(
        _run_of(asked),
        asked.status if asked.HasField("status") else None,
        asked.end_time if asked.HasField("end_time") else None,
        asked.run_name if asked.HasField("run_name") else None,
    )
    return pb.UpdateRun.Response(run_info=info.to_proto())


def _delete_run(store: Any, asked: Any) -> None:
    store.delete_run(asked.run_id)


def _restore_run(store: Any, asked: Any) -> None:
    store.restore_run(asked.run_id)


def _get_run(store: Any, asked: Any) -> Message:
    return pb.GetRun.Response(run=store.get_run(_run_of(asked)).to_proto())


def _search_runs(store: Any, asked: Any) -> Message:
    view = asked.run_view_type if asked.HasField("run_view_type") else ViewType.ACTIVE_ONLY
    page = store.search_runs(
        list(asked.experiment_ids),
        asked.filter,
        view,
        max_results=asked.max_results or 1000,
        order_by=list(asked.order_by),
        page_token=asked.page_token or None,
    )
    return pb.SearchRuns.Response(runs=[run.to_proto() for run in page], next_page_token=page.token)


def _log_metric(store: Any, asked: Any) -> None:
    store.log_metric(_run_of(asked), _metric(asked))


def _log_param(store: Any, asked: Any) -> None:
    store.log_param(_run_of(asked), Param(asked.key, asked.value))


def _set_tag(store: Any, asked: Any) -> None:
    store.set_tag(_run_of(asked), RunTag(asked.key, asked.value))


def _delete_tag(store: Any, asked: Any) -> None:
    store.delete_tag(asked.run_id, asked.key)


def _log_batch(store: Any, asked: Any) -> None:
    store.log_batch(
        asked.run_id,
        [_metric(each) for each in asked.metrics],
        [Param(each.key, each.value) for each in asked.params],
        [RunTag(each.key, each.value) for each in asked.tags],
    )


def _log_inputs(store: Any, asked: Any) -> None:
    store.log_inputs(asked.run_id, [DatasetInput.from_proto(each) for each in asked.datasets])


def _log_model(store: Any, asked: Any) -> None:
    store.record_logged_model(asked.run_id, Model.from_dict(json.loads(asked.model_json)))


def _metric_history(store: Any, asked: Any) -> Message:
    most = min(asked.max_results or _MOST_POINTS, _MOST_POINTS)
    page = store.get_metric_history(_run_of(asked), asked.metric_key, most, asked.page_token or None)
    return pb.GetMetricHistory.Response(
        metrics=[metric.to_proto() for metric in page], next_page_token=getattr(page, "token", None)
    )


def _metric(sent: Any) -> Metric:
    # A point of a logged model, which Azure has none of, is a point of its run.
    return Metric(sent.key, sent.value, sent.timestamp, sent.step)


def _run_of(asked: Any) -> str:
    return str(asked.run_id or asked.run_uuid)


RUNS: dict[str, Callable[[Any, Any], Message | None]] = {
    "CreateExperiment": _create_experiment,
    "CreateRun": _create_run,
    "DeleteExperiment": _delete_experiment,
    "DeleteRun": _delete_run,
    "DeleteTag": _delete_tag,
    "GetExperiment": _get_experiment,
    "GetExperimentByName": _get_experiment_by_name,
    "GetMetricHistory": _metric_history,
    "GetRun": _get_run,
    "LogBatch": _log_batch,
    "LogInputs": _log_inputs,
    "LogMetric": _log_metric,
    "LogModel": _log_model,
    "LogParam": _log_param,
    "RestoreExperiment": _restore_experiment,
    "RestoreRun": _restore_run,
    "SearchExperiments": _search_experiments,
    "SearchRuns": _search_runs,
    "SetExperimentTag": _set_experiment_tag,
    "SetTag": _set_tag,
    "UpdateExperiment": _update_experiment,
    "UpdateRun": _update_run,
}
"""By the name of MLflow's message."""
