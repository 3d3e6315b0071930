"""What a job takes along from whoever submitted it: the interpreter, and an allow-list of the environment."""

import os
import sys
from typing import Any

_PLAIN = {
    "CONDA_DEFAULT_ENV", "CONDA_PREFIX", "CUDA_VISIBLE_DEVICES", "DBUS_SESSION_BUS_ADDRESS", "HOME", "IPYTHONDIR",
    "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_PATH", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "LOGNAME",
    "MPLCONFIGDIR", "OMP_NUM_THREADS", "PATH", "PYTHONPATH", "PYTHON_KEYRING_BACKEND", "REQUESTS_CA_BUNDLE", "SHELL",
    "SSL_CERT_FILE", "TMPDIR", "TZ", "USER", "VIRTUAL_ENV", "XDG_RUNTIME_DIR",
}  # fmt: skip
_PREFIXES = ("LC_", "AZML_")
_PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}
# Where packages are looked for, when an environment is built for the job.
_INDEXES = {
    "NETRC", "PIP_CACHE_DIR", "PIP_CERT", "PIP_CONFIG_FILE", "PIP_DEFAULT_TIMEOUT", "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_NO_INDEX", "PIP_RETRIES", "PIP_TRUSTED_HOST", "UV_CACHE_DIR",
    "UV_CONFIG_FILE", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_INDEX", "UV_INDEX_STRATEGY",
    "UV_INDEX_URL", "UV_NATIVE_TLS", "UV_OFFLINE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
}  # fmt: skip


def describe_submitter() -> dict[str, Any]:
    """Kept beside the job, and used to start its worker."""
    return {"interpreter": interpreter(), "environment": recorded_environment()}


def interpreter() -> str:
    """The Python of this process. Found by a relative PATH, it is relative itself, and agents live elsewhere."""
    return os.path.abspath(sys.executable)


def recorded_environment() -> dict[str, str]:
    """The variables of this process that travel with a job. What is not on the list, and so any secret, stays."""
    return {name: value for name, value in os.environ.items() if _travels(name, value)}


def _travels(name: str, value: str) -> bool:
    if name.upper() in _PROXIES or name in _INDEXES:
        return "@" not in value  # such an address may carry a password
    return name in _PLAIN or name.startswith(_PREFIXES)
