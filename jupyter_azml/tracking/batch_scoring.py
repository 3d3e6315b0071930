"""The scoring script of a model that MLflow saved, for batch deployments that bring none.

Loaded by its path where a user's script would be. It gives back, as in Azure, the row, its prediction and the file:
https://learn.microsoft.com/azure/machine-learning/how-to-mlflow-batch
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_model: Any = None


def init() -> None:
    """Loads the model at, or right below, AZUREML_MODEL_DIR. Raises FileNotFoundError."""
    import mlflow.pyfunc

    folder = Path(os.environ["AZUREML_MODEL_DIR"])
    found = [folder, *sorted(folder.iterdir())] if folder.is_dir() else []
    place = next((each for each in found if (each / "MLmodel").is_file()), None)
    if place is None:
        raise FileNotFoundError(f"there is no MLmodel in {folder}: a model of another type needs a scoring script")
    globals()["_model"] = mlflow.pyfunc.load_model(str(place))


def run(mini_batch: list[str]) -> list[tuple[Any, ...]]:
    """One for each row of each file, with commas in between when it is written. Raises ValueError for files that it
    cannot read.
    """
    return [row for file in mini_batch for row in _predictions(Path(file)).itertuples(index=False, name=None)]


def _predictions(file: Path) -> Any:
    import pandas

    readers: dict[str, Callable[[Path], Any]] = {
        ".csv": pandas.read_csv,
        ".tsv": lambda path: pandas.read_csv(path, sep="\t"),
        ".parquet": pandas.read_parquet,
        ".pqt": pandas.read_parquet,
        ".json": pandas.read_json,
        ".jsonl": lambda path: pandas.read_json(path, lines=True),
    }
    read = readers.get(file.suffix.lower())
    if read is None:
        raise ValueError(f"{file.name} is none of {', '.join(readers)}: write a scoring script for such files")
    data = read(file)
    predicted = pandas.DataFrame(_model.predict(data)).reset_index(drop=True)
    predicted.insert(0, "row", range(len(predicted)))
    predicted["file"] = file.name
    return predicted
