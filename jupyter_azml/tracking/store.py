"""MLflow's SQL store, with what training code logs over and over appended to the run's journal instead.

MLflow finds it by ``plugin.py`` for URIs of the scheme ``azml``. Metrics, parameters and tags go the fast way when
MLflow would take them without a word; for anything else, and for what happens once in a run, the journal is folded
and MLflow's own code does it, so that its answers and errors are MLflow's.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mlflow.entities import LifecycleStage, Metric, Param, RunStatus, RunTag
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, TEMPORARILY_UNAVAILABLE, ErrorCode
from mlflow.store.tracking.dbmodels.models import SqlLoggedModel, SqlParam
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.utils.mlflow_tags import MLFLOW_RUN_NAME
from mlflow.utils.validation import (
    _validate_batch_log_data,
    _validate_batch_log_limits,
    _validate_metric,
    _validate_param,
    _validate_param_keys_unique,
    _validate_run_id,
    _validate_tag,
)

from .about import About, change_about, write_about
from .database import make_ready, plain_connection, setting_up, told_of_damage, upgrade
from .folding import fold_open_runs, fold_run, folded_until
from .interactive import note_end
from .job_run import add_run_of_job, with_job
from .journal import Journal, JournalClosed
from .journals import Journals, Writable, note_removal
from .logged_models import show_among_artifacts
from .paths import TrackingPaths

_INTEGERS = range(-(2**63), 2**63)


class JournallingStore(SqlAlchemyStore):
    """A job's own run has the job's name as its id, and is made when somebody first asks for it."""

    def __init__(self, workspace: Path) -> None:
        self._paths = TrackingPaths(workspace)
        self._journals = Journals(self._paths, self._look)
        self._models: set[str] = set()
        with setting_up(self._paths) as uri, told_of_damage(self._paths):
            try:
                super().__init__(uri, str(self._paths.artifacts))
            except MlflowException:
                if not upgrade(uri):
                    raise
                super().__init__(uri, str(self._paths.artifacts))
            make_ready(self.engine)

    # What training code does over and over.

    def log_metric(self, run_id: str, metric: Metric) -> None:
        def log(journal: Journal) -> bool:
            _validate_metric(metric.key, metric.value, metric.timestamp, metric.step)
            return self._add_points(journal, [metric])

        if not self._journalled(run_id, log):
            super().log_metric(run_id, metric)

    def log_param(self, run_id: str, param: Param) -> None:
        def log(journal: Journal) -> bool:
            checked = _validate_param(param.key, param.value)
            return _add_facts(journal, [checked], [])

        if not self._journalled(run_id, log):
            with self._params_noted(run_id):
                super().log_param(run_id, param)

    def set_tag(self, run_id: str, tag: RunTag) -> None:
        def log(journal: Journal) -> bool:
            return _add_facts(journal, [], [_validate_tag(tag.key, tag.value)])

        if not self._journalled(run_id, log):
            super().set_tag(run_id, tag)

    def log_batch(
        self, run_id: str, metrics: Sequence[Metric], params: Sequence[Param], tags: Sequence[RunTag]
    ) -> None:
        def log(journal: Journal) -> bool:
            _validate_run_id(run_id)
            _metrics, checked_params, checked_tags = _validate_batch_log_data(metrics, params, tags)
            _validate_batch_log_limits(metrics, params, tags)
            _validate_param_keys_unique(params)
            if not self._are_plain(metrics):
                return False
            return _add_facts(journal, checked_params, checked_tags) and self._add_points(journal, metrics)

        if not self._journalled(run_id, log):
            with self._params_noted(run_id):
                super().log_batch(run_id, metrics, params, tags)

    # What happens to a run once, and must come after what was logged before.

    def create_run(self, experiment_id: str, user_id: Any, start_time: Any, tags: Any, run_name: Any) -> Any:
        run = super().create_run(experiment_id, user_id, start_time, tags, run_name)
        experiment = self.get_experiment(run.info.experiment_id).name
        run = with_job(self, self._paths, run, experiment)
        info = run.info
        about = About(
            info.run_name, experiment, info.artifact_uri, info.start_time or 0, user=info.user_id, tags=run.data.tags
        )
        with suppress(OSError):  # the database has it; what is logged next will tell
            write_about(self._paths.run(info.run_id), about)
        return run

    def update_run_info(self, run_id: str, run_status: Any, end_time: Any, run_name: Any) -> Any:
        self.fold(run_id)
        info = super().update_run_info(run_id, run_status, end_time, run_name)
        with suppress(OSError):
            change_about(self._paths.run(run_id), name=info.run_name, status=info.status, end=info.end_time)
        if run_status is not None and RunStatus.is_terminated(run_status):
            self._journals.close(run_id)
            note_end(self._paths, run_id, RunStatus.to_string(run_status))
        return info

    def delete_tag(self, run_id: str, key: str) -> None:
        self.fold(run_id)
        super().delete_tag(run_id, key)

    def record_logged_model(self, run_id: str, *details: Any, **more: Any) -> None:
        self.fold(run_id)
        super().record_logged_model(run_id, *details, **more)

    def delete_run(self, run_id: str) -> None:
        super().delete_run(run_id)
        note_removal(self._paths)

    def restore_run(self, run_id: str) -> None:
        super().restore_run(run_id)
        note_removal(self._paths)

    def delete_experiment(self, experiment_id: str) -> None:
        super().delete_experiment(experiment_id)
        note_removal(self._paths)

    def restore_experiment(self, experiment_id: str) -> None:
        super().restore_experiment(experiment_id)
        note_removal(self._paths)

    def _hard_delete_run(self, run_id: str) -> None:
        super()._hard_delete_run(run_id)
        note_removal(self._paths)

    def create_logged_model(self, experiment_id: str, *details: Any, **more: Any) -> Any:
        model = super().create_logged_model(experiment_id, *details, **more)
        return show_among_artifacts(self, model) if model.source_run_id else model

    # What is read has everything in it that was logged until now, by any process.

    def get_run(self, run_id: str) -> Any:
        self.fold(run_id)
        return super().get_run(run_id)

    def get_metric_history(self, run_id: str, *details: Any, **more: Any) -> Any:
        self.fold(run_id)
        return super().get_metric_history(run_id, *details, **more)

    def get_metric_history_bulk(self, run_ids: list[str], *details: Any, **more: Any) -> Any:
        self.fold(*run_ids)
        return super().get_metric_history_bulk(run_ids, *details, **more)

    def get_metric_history_bulk_interval(self, run_ids: list[str], *details: Any, **more: Any) -> Any:
        self.fold(*run_ids)
        return super().get_metric_history_bulk_interval(run_ids, *details, **more)

    def get_metric_history_bulk_interval_from_steps(self, run_id: str, *details: Any, **more: Any) -> Any:
        self.fold(run_id)
        return super().get_metric_history_bulk_interval_from_steps(run_id, *details, **more)

    def get_max_step_for_metric(self, run_id: str, *details: Any, **more: Any) -> Any:
        self.fold(run_id)
        return super().get_max_step_for_metric(run_id, *details, **more)

    def get_logged_model(self, *details: Any, **more: Any) -> Any:
        self._fold_all()
        return super().get_logged_model(*details, **more)

    def search_logged_models(self, *details: Any, **more: Any) -> Any:
        self._fold_all()
        return super().search_logged_models(*details, **more)

    def _search_runs(self, *details: Any, **more: Any) -> Any:
        self._fold_all()
        return super()._search_runs(*details, **more)

    def _get_run(self, session: Any, run_uuid: str, eager: bool = False) -> Any:
        """Every look at one run goes through here."""
        try:
            return super()._get_run(session, run_uuid, eager)
        except MlflowException as error:
            is_absent = error.error_code == ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)
            if not is_absent or not add_run_of_job(self, self._paths, run_uuid):
                raise
            return super()._get_run(session, run_uuid, eager)

    def fold(self, *run_ids: str) -> None:
        """What was logged to these runs until now stands in the database then."""
        with plain_connection(self.engine) as connection:
            for run_id in run_ids:
                fold_run(connection, self._paths.run(run_id), run_id)

    def _journalled(self, run_id: str, log: Callable[[Journal], bool]) -> bool:
        """False, with everything folded, when MLflow's own code has to say something about it: an error, mostly."""
        try:
            while journal := self._journals.get(run_id):
                try:
                    if log(journal):
                        return True
                    break
                except JournalClosed:
                    continue
                except OSError:
                    raise
                except Exception:
                    break
        except OSError as error:
            raise MlflowException(
                f"{self._paths.folder} cannot be written: {error}", TEMPORARILY_UNAVAILABLE
            ) from error
        self.fold(run_id)
        return False

    @contextmanager
    def _params_noted(self, run_id: str) -> Iterator[None]:
        """What MLflow's own code wrote is told to those who check parameters by the journal."""
        while journal := self._journals.get(run_id):
            with suppress(JournalClosed), journal.alone():
                self.fold(run_id)
                try:
                    yield
                finally:
                    journal.note(self._params(run_id))
                return
        yield

    def _params(self, run_id: str) -> dict[str, str]:
        with self.ManagedSessionMaker() as session:
            params = session.query(SqlParam.key, SqlParam.value).filter(SqlParam.run_uuid == run_id).all()
            return {param.key: param.value for param in params}

    def _look(self, run_id: str) -> Writable | None:
        # In this order: the parameters that are read then are at least those before the offset.
        with plain_connection(self.engine) as connection:
            offset = folded_until(connection, run_id, "facts")
        with self.ManagedSessionMaker() as session:
            try:
                run = self._get_run(session, run_id)
            except MlflowException:
                return None
            if run.lifecycle_stage != LifecycleStage.ACTIVE:
                return None
        return Writable(self._params(run_id), offset)

    def _add_points(self, journal: Journal, metrics: Sequence[Metric]) -> bool:
        if not self._are_plain(metrics):
            return False
        if metrics:
            journal.add_points(b"".join(map(_line, metrics)))
        return True

    def _are_plain(self, metrics: Sequence[Metric]) -> bool:
        """What SQL would take: MLflow lets more through, and then fails in its own way."""
        return all(
            type(metric.step) is int
            and metric.step in _INTEGERS
            and type(metric.timestamp) is int
            and metric.timestamp in _INTEGERS
            and type(metric.value) in (float, int)
            and (type(metric.value) is float or metric.value in _INTEGERS)
            and (metric.model_id is None or self._knows_model(metric.model_id))
            for metric in metrics
        )

    def _knows_model(self, model_id: str) -> bool:
        if model_id not in self._models:
            with self.ManagedSessionMaker() as session:
                if session.query(SqlLoggedModel.model_id).filter_by(model_id=model_id).first() is None:
                    return False
            self._models.add(model_id)
        return True

    def _fold_all(self) -> None:
        with plain_connection(self.engine) as connection:
            fold_open_runs(connection, self._paths)


def _add_facts(journal: Journal, params: Sequence[Param], tags: Sequence[RunTag]) -> bool:
    facts = [(fact.key, fact.value) for some in (params, tags) for fact in some]
    # The name of a run stands in its row too; and not every text can be stored.
    if any(key == MLFLOW_RUN_NAME or not _is_text(key) or not _is_text(value) for key, value in facts):
        return False
    return journal.add_facts({param.key: param.value for param in params}, {tag.key: tag.value for tag in tags})


def _is_text(value: object) -> bool:
    if type(value) is not str:
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _line(metric: Metric) -> bytes:
    point = {
        "key": metric.key,
        "value": float(metric.value),
        "step": metric.step,
        "timestamp": metric.timestamp,
    }
    if metric.model_id is not None:
        point |= {"model_id": metric.model_id, "dataset": metric.dataset_name, "digest": metric.dataset_digest}
    return json.dumps(point).encode("ascii") + b"\n"
