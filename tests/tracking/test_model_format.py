"""A forest is saved by a job that came by the emulator, and MLflow's own choice stands everywhere else."""

import os
import subprocess
import sys

import pytest

SAVE = """
import mlflow.sklearn
from sklearn.ensemble import RandomForestClassifier
from jupyter_azml.tracking.model_format import write_models_as_azure

write_models_as_azure()
forest = RandomForestClassifier(2).fit([[0], [1]], [0, 1])
mlflow.sklearn.save_model(forest, "model", pip_requirements=[])
print(type(mlflow.sklearn.load_model("model")).__name__)
"""


@pytest.mark.parametrize(("emulated", "said"), [("1", "RandomForestClassifier"), ("", "skops")])
def test_a_forest_is_written_by_cloudpickle_in_a_job_of_the_emulator_alone(tmp_path, emulated, said):
    environment = {**os.environ, "AZML_EMULATED": emulated, "MLFLOW_DISABLE_TELEMETRY": "true"}
    done = subprocess.run(
        [sys.executable, "-c", SAVE], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=150
    )
    assert (done.returncode == 0) is bool(emulated), done.stderr
    assert said in done.stdout + done.stderr
