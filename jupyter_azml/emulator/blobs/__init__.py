"""Blobs, data lakes and file shares over datastores and folders: answered as the services do."""

from .lake import create_lake
from .service import create_blobs
from .shares import create_shares

__all__ = ["create_blobs", "create_lake", "create_shares"]
