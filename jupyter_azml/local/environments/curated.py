"""Environments that Azure keeps up, by the names under which its documentation and examples use them.

Source: https://github.com/Azure/azureml-assets, assets/training and assets/inference. Their images do not run here: a
job that names one gets a layer over the current Python, with what Azure's has and that Python lacks.
"""

from ...entities import BuildState, Environment, Reason
from ...entities.environment_name import PREFIX

_IMAGES = "mcr.microsoft.com/azureml/curated"
_SKLEARN = ("scikit-learn", "pandas", "scipy", "numpy", "matplotlib", "joblib")
# A GPU's libraries are gigabytes: of those nothing is brought along that is not there.
_TORCH: tuple[str, ...] = ()
_CURATED: dict[str, tuple[str, ...]] = {
    "sklearn-1.5": _SKLEARN,
    "sklearn-1.1": _SKLEARN,
    "lightgbm-3.3": ("lightgbm", "scikit-learn", "pandas", "numpy"),
    "acpt-pytorch-2.8-cuda12.6": _TORCH,
    "acpt-pytorch-2.7-cuda12.6": _TORCH,
    "acpt-pytorch-2.5-cuda12.4": _TORCH,
    "acpt-pytorch-2.2-cuda12.1": _TORCH,
    "acpt-pytorch-1.13-cuda11.7": _TORCH,
    "tensorflow-2.16-cuda12": (),
    "minimal-py311-inference": (),
    "minimal-py312-inference": (),
    "minimal-py312-cuda12.4-inference": (),
    "mlflow-py312-inference": (),
}


def curated_names() -> list[str]:
    return [f"{PREFIX}{name}" for name in _CURATED]


def curated(name: str) -> Environment | None:
    """Whether or not it is in the list: names that begin so are Azure's own, and there come new ones."""
    if not name.lower().startswith(PREFIX.lower()):
        return None
    plain = name[len(PREFIX) :]
    known = next((each for each in _CURATED if each.lower() == plain.lower()), None)
    return Environment(
        name=f"{PREFIX}{known or plain}",
        version="latest",
        image=f"{_IMAGES}/{known or plain}:latest",
        packages=_CURATED.get(known or "", ()),
        is_curated=True,
        state=BuildState.NOT_BUILT,
        notes=(Reason.of("CuratedHere", name=f"{PREFIX}{known or plain}"),),
    )
