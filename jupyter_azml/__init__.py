"""Azure Machine Learning inside Jupyter: one package, two workspaces (local and Azure), four surfaces.

Only hooks live here, and each imports when called: every kernel and every Jupyter server imports this package.
"""

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext jupyter_azml``: registers ``%azml`` and ``%%azml``."""
    from .magics import register

    register(shell)


def data(reference: str) -> Any:
    """Data by the name of an asset, a path, or any address, to take ``.path()``, ``.to_pandas()`` or ``.preview()``
    from. Raises DataNotFound.
    """
    from .magics.in_python import data_here

    return data_here(reference)


def get_workspace() -> Any:
    """The workspace that ``%azml`` uses: ``get_workspace().data.get("diabetes").path()``."""
    from .magics.in_python import workspace_here

    return workspace_here()


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    from .server import extension_points

    return extension_points()


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-azml"}]
