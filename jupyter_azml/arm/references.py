"""Names of assets as people write them, ``azureml:NAME:VERSION``, and as the service does, by their ARM id."""

import re

from .ids import WorkspaceId

_ASSET_ID = re.compile(
    # The SDK writes ``data/azureml:NAME`` where an input was ``azureml:NAME@latest``.
    r".*/(?:environments|data|models)/(?:azureml:)?(?P<name>[^/]+)"
    r"/(?:versions/(?P<version>[^/]+)|labels/(?P<label>[^/]+))"
)
_ASSET = re.compile(r"(?:azureml:)?(?P<name>[^/:@]+):(?P<version>[^/:@]+)")


def short_reference(reference: str) -> str:
    """``azureml:NAME:VERSION`` or ``azureml:NAME@LABEL`` of an ARM id of an asset; anything else stays as it is."""
    if not reference.startswith("/subscriptions/"):
        return reference
    found = _ASSET_ID.fullmatch(reference)
    if not found:
        return reference
    return (
        f"azureml:{found['name']}:{found['version']}"
        if found["version"]
        else f"azureml:{found['name']}@{found['label']}"
    )


def full_reference(reference: str, kind: str, workspace: WorkspaceId) -> str:
    """The ARM id of what has a name and a version, where ``kind`` is ``data`` say; anything else stays as it is, such
    as what Azure itself keeps (``azureml:AzureML-sklearn-1.5:3``), a registry's, or an address.
    """
    found = _ASSET.fullmatch(reference)
    is_curated = kind == "environments" and reference.lower().startswith("azureml:azureml-")
    if not found or is_curated or (not reference.startswith("azureml:") and kind != "environments"):
        return reference
    return f"{workspace.child(kind, found['name'])}/versions/{found['version']}"
