"""Where things live and which environment variables say so. Derived on every call, so that a test can redirect them."""

import hashlib
import os
import tempfile
from importlib import metadata
from pathlib import Path
from urllib.parse import quote, urlsplit

DEFAULT_WORKSPACE = "local"
EMULATOR_USER = "azml"
"""Whom an emulator's proxy lets in: who goes by one under that name speaks to no Azure."""
EMULATOR_TENANT = "00000000-0000-0000-0000-00000000a21e"


def version() -> str:
    return metadata.version("jupyter_azml")


def home() -> Path:
    """The folder of everything that we keep for this user: ``AZML_HOME``, else below Jupyter's data folder."""
    if chosen := os.environ.get("AZML_HOME"):
        return Path(chosen).expanduser().absolute()
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()).absolute() / "azml"


def workspaces_folder() -> Path:
    return home() / "workspaces"


def attachment_file() -> Path:
    """Where ``azml attach`` remembers, for the terminal and the server, which workspace is meant by default."""
    return home() / "attached.json"


def chosen_workspace() -> str | None:
    """``AZML_WORKSPACE``: a workspace's name, its folder or a config.json. It wins over what was attached."""
    return os.environ.get("AZML_WORKSPACE") or None


def runtime_folder() -> Path:
    """A short path for sockets: a unix socket's name ends near 107 bytes.

    Made by whoever needs it, with mode 0700.
    """
    base = os.environ.get("AZML_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR")
    return Path(base) / "azml" if base else Path(tempfile.gettempdir()) / f"azml-{os.getuid()}"


def agent_idle_seconds() -> float:
    """How long an agent without work waits before it leaves."""
    return float(os.environ.get("AZML_AGENT_IDLE_SECONDS", "600"))


def cancel_grace_seconds() -> float:
    """How long a canceled job may take between interrupt, terminate and kill."""
    return float(os.environ.get("AZML_CANCEL_GRACE_SECONDS", "10"))


def language() -> str:
    """The user's language as gettext finds it: the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is set."""
    for name in ("AZML_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.split(":")[0].split(".")[0]
    return "en"


def usage_seconds() -> float:
    """Between two samples of what a job takes of the machine; 0 for none."""
    if os.environ.get("MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING"):
        return 0  # said either way: MLflow takes its own, or nobody does
    return float(os.environ.get("AZML_USAGE_SECONDS", "10"))


def is_emulated() -> bool:
    """Whether Azure's names lead this process to an emulator of ours."""
    said = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy") or ""
    return urlsplit(said).username == EMULATOR_USER


def emulator_folder(kind: str, location: str, name: str) -> Path:
    """What the emulator of a workspace keeps: the name is for people, the digest tells workspaces of one name apart."""
    digest = hashlib.sha256(f"{kind}\n{location}\n{name}".encode()).hexdigest()[:12]
    return home() / "emulator" / f"{quote(name, safe='')[:80]}-{digest}"


def sign_in_folder() -> Path:
    """Where the sign-in of ``azml login`` is kept."""
    return home() / "sign-in"


def copies_folder() -> Path:
    """Copies of what lies in the storage of workspaces in Azure."""
    return home() / "copies"


def gateway_port() -> str:
    """``AZML_GATEWAY_PORT``: where endpoints answer, whatever port was chosen before; "" when nobody says."""
    return os.environ.get("AZML_GATEWAY_PORT", "")


def gateway_body_bytes() -> int:
    """``AZML_GATEWAY_BODY_MB``: the largest request to an endpoint. Azure takes 10 MB."""
    return int(float(os.environ.get("AZML_GATEWAY_BODY_MB", "64")) * 1024**2)


def serving_folder() -> Path:
    """``AZML_SERVING_DIR``: where the packages that serve models are kept, once for all workspaces."""
    chosen = os.environ.get("AZML_SERVING_DIR")
    return Path(chosen).expanduser().absolute() if chosen else home() / "serving"


def cache_bytes() -> int:
    """``AZML_CACHE_GB``: what copies of data that lies elsewhere may take of a workspace's disk."""
    return int(float(os.environ.get("AZML_CACHE_GB", "20")) * 1024**3)
