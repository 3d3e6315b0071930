"""The emulator: any workspace, served on loopback as Azure ML. ``python -m jupyter_azml.emulator`` runs it."""

from .app import create_app

__all__ = ["create_app"]
