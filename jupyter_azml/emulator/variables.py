"""The environment in which Microsoft's clients find the emulator behind Azure's names, unmodified."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ..entities.emulator import EMULATED
from .hosts import is_azure
from .proxy import USER

_PROXY = ("HTTPS_PROXY", "https_proxy")
_AUTHORITIES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


def emulator_variables(port: int, secret: str, bundle: Path, before: Mapping[str, str]) -> dict[str, str]:
    """``before``: the environment to which they are added."""
    proxy = f"http://{USER}:{secret}@127.0.0.1:{port}"
    passed = _names_passed(before)
    return {
        **dict.fromkeys(_PROXY, proxy),
        **dict.fromkeys(_AUTHORITIES, str(bundle)),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), passed),
        "IDENTITY_ENDPOINT": f"http://127.0.0.1:{port}/msi/token",
        "IDENTITY_HEADER": secret,
        EMULATED: "1",
        "AZUREML_CURRENT_CLOUD": "AzureCloud",
        "AZURE_ML_DISABLE_ON_DISK_CACHE": "true",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        # A job here often ends sooner than the SDK would look at it again.
        "AZUREML_RUN_POLLING_INTERVAL_MIN": "1",
        "AZUREML_RUN_POLLING_INTERVAL_MAX": "5",
    }


def proxy_outside(before: Mapping[str, str]) -> str:
    """The proxy that this user's other programs go by, unless it is an emulator's."""
    said = before.get("HTTPS_PROXY") or before.get("https_proxy") or ""
    return "" if urlsplit(said).username == USER else said


def _names_passed(before: Mapping[str, str]) -> str:
    """What goes by the proxy: this machine, and what went by one before, unless Azure's hosts are among it."""
    said = (before.get("NO_PROXY") or before.get("no_proxy") or "").split(",")
    kept = [name.strip() for name in said if name.strip() and not _covers_azure(name.strip())]
    return ",".join(dict.fromkeys(["127.0.0.1", "localhost", *kept]))


def _covers_azure(name: str) -> bool:
    suffix = name.lstrip("*.").lower()
    samples = ("management.azure.com", "login.microsoftonline.com", "a.api.azureml.ms", "a.blob.core.windows.net")
    return name == "*" or is_azure(suffix) or any(host.endswith(suffix) for host in samples)
