"""The Jupyter server extension. It owns no job: stopping the server ends none."""


def extension_points() -> list[dict[str, object]]:
    """What jupyter_server asks for; only then is tornado imported."""
    from .extension import AzmlExtension

    return [{"module": "jupyter_azml.server.extension", "app": AzmlExtension}]
