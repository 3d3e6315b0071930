"""A workspace with a little of everything, some of it gone wrong, for whoever judges how the page looks."""

import csv
import json
import math
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_azml.actions.deploy_model import deploy_model
from jupyter_azml.actions.run_notebook import run_notebook
from jupyter_azml.entities import (
    BatchDeployment,
    BatchEndpoint,
    CodeConfiguration,
    Compute,
    ComputeType,
    DataAsset,
    DataType,
    Environment,
    Model,
    ModelType,
)
from jupyter_azml.errors import AzmlError
from jupyter_azml.local import LocalWorkspace
from tests.conftest import notebook_writer

LONG = "a name that says more than any list has room for, and then goes on to say it all once more"
PARAMETERS = """# parameters
lr = 0.1  # step of each update
optimizer = 'adam'
epochs = 40
shuffle = True
layers = [64, 32]"""
TRAINING = """
import math, mlflow, random, time
chance = random.Random(str(lr))
for step in range(epochs * 5):
    mlflow.log_metrics({"loss": math.exp(-lr * step / 20) + chance.random() * 0.1,
                        "val/accuracy": 1 - math.exp(-lr * step / 30) * 0.9}, step=step)
    print(f"epoch {step // 5 + 1} of {epochs}: loss {math.exp(-lr * step / 20):.4f}")
"""
RESULT = """
import pandas
pandas.DataFrame({"class": ["stays", "leaves"], "precision": [0.934, 0.871], "rows": [18_204, 2_911]})
"""
SAVING = """
import pathlib
out = pathlib.Path("outputs"); out.mkdir(exist_ok=True)
(out / "scores.csv").write_text("id,score\\n1,0.93\\n2,0.41\\n")
"""
SCORING = """
import json

def init():
    print("ready to score")

def run(data):
    return [sum(row) / 100 for row in json.loads(data)["input_data"]["data"]]
"""
COLUMNS = [{"type": "long", "name": "age", "required": True}, {"type": "double", "name": "income", "required": True}]
ML_MODEL = f"""flavors:
  python_function:
    loader_module: mlflow.sklearn
signature:
  inputs: '{json.dumps(COLUMNS)}'
  outputs: '[{{"type": "double", "required": true}}]'
"""


def fill(workspace: LocalWorkspace, folder: Path) -> None:
    """Jobs, and what is deployed, go on by themselves: they have ended, or failed, within minutes."""
    train(workspace, folder)
    add_data(workspace, folder)
    workspace.computes.create_or_update(
        Compute(name="cpu-cluster", type=ComputeType.AMLCOMPUTE, size="Standard_DS3_v2", max_nodes=4)
    )
    workspace.computes.create_or_update(Compute(name="ada-notebook", type=ComputeType.COMPUTEINSTANCE))
    workspace.environments.create_or_update(
        Environment(name="churn", description="What training needs.", packages=("scikit-learn", "pandas>=2"))
    )
    deploy(workspace, folder)


def train(workspace: LocalWorkspace, folder: Path) -> None:
    write = notebook_writer(folder)
    training = write(PARAMETERS, TRAINING, RESULT, SAVING, name="train.ipynb")
    failing = write(PARAMETERS, "frame = {'age': [1]}\nframe['income']", name="evaluate.ipynb")
    for rate, name in ((0.1, "small steps"), (1.0, "medium steps"), (3.0, LONG)):
        run_notebook(workspace, training, parameters={"lr": rate}, experiment="churn", display_name=name)
    run_notebook(workspace, failing, experiment="churn", display_name="evaluate on last week")
    waiting = write("import time\nfor _ in range(600):\n    time.sleep(1)", name="long.ipynb")
    run_notebook(workspace, waiting, experiment="nightly", display_name="nightly retraining")
    run_notebook(workspace, waiting, experiment="nightly", display_name="waits for its turn")


def add_data(workspace: LocalWorkspace, folder: Path) -> None:
    chance = random.Random(1)
    with (folder / "customers.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["customer", "age", "income", "city", "since", "churned"])
        for number in range(2_000):
            age, income = int(chance.gauss(45, 14)), round(math.exp(chance.gauss(10, 0.5)), 2)
            city = chance.choice(["Aachen", "Lyon", "Łódź", "São Paulo"])
            since = f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 10)}-15"
            table.writerow([f"c{number:05}", age, income if number % 9 else "", city, since, chance.random() < 0.2])
    for version in ("1", "2"):
        path = str(folder / "customers.csv")
        workspace.data.create(DataAsset(name="customers", version=version, path=path, type=DataType.URI_FILE))
    workspace.data.create(DataAsset(name="sources", path=str(folder), type=DataType.URI_FOLDER))


def deploy(workspace: LocalWorkspace, folder: Path) -> None:
    saved = folder / "model"
    saved.mkdir()
    (saved / "MLmodel").write_text(ML_MODEL)
    for version in ("1", "2"):
        (saved / "weights.txt").write_text(version)
        about: dict[str, Any] = {"description": "Who leaves?", "tags": {"team": "blue"}}
        workspace.models.create_or_update(Model(name="churn", path=str(saved), type=ModelType.MLFLOW, **about))
    workspace.models.set_alias("churn", "champion", "1")
    code = folder / "serve"
    code.mkdir()
    (code / "score.py").write_text(SCORING)
    (code / "broken.py").write_text("def init():\n    import no_such_module\n\ndef run(data): return 1\n")
    script = CodeConfiguration(code=str(code), scoring_script="score.py")
    broken = CodeConfiguration(code=str(code), scoring_script="broken.py")
    deploy_model(workspace, "churn", name="blue", model="azureml:churn:1", code_configuration=script)
    with suppress(AzmlError):  # as it is meant to
        deploy_model(workspace, "risk", name="blue", model="azureml:churn:2", code_configuration=broken)
    workspace.batch_endpoints.create_or_update(BatchEndpoint(name="nightly"))
    workspace.batch_endpoints.deployments.create_or_update(
        BatchDeployment(name="blue", endpoint_name="nightly", model="azureml:churn:1", code_configuration=script)
    )
