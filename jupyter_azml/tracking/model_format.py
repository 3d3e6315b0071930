"""How scikit-learn models are written by jobs that came by the emulator."""

import os
import sys
from typing import Any

_EMULATED = "AZML_EMULATED"


def write_models_as_azure() -> None:
    """By cloudpickle, where nobody says how: it is what MLflow 2 does, which Azure's environments have.

    MLflow 3 came to take skops, which refuses every forest and boosting for the trees in it: scripts that run in Azure
    would fail here at their last line. MLflow has no setting for it. Nothing outside such jobs is touched.
    """
    if not os.environ.get(_EMULATED) or "sklearn" not in sys.modules:
        return
    from mlflow import sklearn as flavor

    functions: tuple[Any, ...] = (flavor.save_model, flavor.log_model)
    for function in functions:
        function.__defaults__ = tuple(
            flavor.SERIALIZATION_FORMAT_CLOUDPICKLE if value == "skops" else value
            for value in function.__defaults__ or ()
        )
