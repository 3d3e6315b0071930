"""``azml:`` addresses for an mlflow whose environment lacks jupyter_azml: that of a job's kernel, or of its command.

The folder of this file is the last of a job's PYTHONPATH. Nothing else of the environment that submitted the job can be
seen from there. It needs what any mlflow has: mlflow or mlflow-skinny 3.1 or later, sqlalchemy, alembic, pydantic.
"""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path


def open_store(store_uri=None, artifact_uri=None):  # type: ignore[no-untyped-def]  # read by any Python
    """What mlflow's entry point ``mlflow.tracking_store`` loads."""
    _provide()
    from jupyter_azml.tracking.plugin import open_store

    return open_store(store_uri, artifact_uri)


def open_registry(store_uri=None, tracking_uri=None):  # type: ignore[no-untyped-def]
    """What mlflow's entry point ``mlflow.model_registry_store`` loads. The registry needs the whole package."""
    _provide()
    try:
        from jupyter_azml.connect import open_model_registry

        return open_model_registry(store_uri, tracking_uri)
    except ModuleNotFoundError as error:
        raise RuntimeError(
            f"Registering a model needs jupyter_azml in this environment ({error}). "
            "Install it, or register later: azml model create -n NAME -p runs:/RUN/PATH"
        ) from error


def _provide():  # type: ignore[no-untyped-def]
    """The environment's own jupyter_azml is taken where there is one."""
    if find_spec("jupyter_azml") is not None:
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is read by Pythons that the package is not for
        raise RuntimeError(
            "Tracking in a local workspace of jupyter_azml needs Python 3.11 or later, and this is an older one. "
            "Run the job with another kernel, or set MLFLOW_TRACKING_URI."
        )
    package = Path(__file__).parents[2]
    spec = spec_from_file_location("jupyter_azml", package / "__init__.py", submodule_search_locations=[str(package)])
    if spec is None or spec.loader is None:
        raise RuntimeError("%s cannot be read." % package)  # noqa: UP031
    module = sys.modules["jupyter_azml"] = module_from_spec(spec)
    spec.loader.exec_module(module)
