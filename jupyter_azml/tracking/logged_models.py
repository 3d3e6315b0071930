"""Models of MLflow 3, which keeps them beside the runs that logged them."""

from pathlib import Path
from typing import Any

from mlflow.entities import LoggedModel
from mlflow.store.tracking.dbmodels.models import SqlLoggedModel
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.utils.file_utils import local_file_uri_to_path
from mlflow.utils.uri import append_to_uri_path, is_local_uri
from sqlalchemy.orm import Session


def show_among_artifacts(store: SqlAlchemyStore, model: LoggedModel) -> Any:
    """Puts a new model where its run's artifacts are, under its name: there people look for it, as in Azure.

    A second model of that name in the run stays where MLflow puts it.
    """
    place = append_to_uri_path(store.get_run(model.source_run_id).info.artifact_uri, model.name)
    if not is_local_uri(place):
        return model
    try:
        # The folder is the claim to the name: two processes may log a model at once.
        Path(local_file_uri_to_path(place)).mkdir(parents=True)
    except OSError:
        return model
    with Session(store.engine) as session:
        session.query(SqlLoggedModel).filter_by(model_id=model.model_id).update({"artifact_location": place})
        session.commit()
    return store.get_logged_model(model.model_id)
