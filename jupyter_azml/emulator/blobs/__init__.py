"""Azure Blob storage over datastores and folders: what azure-storage-blob sends, answered as the service answers."""

from .service import create_blobs

__all__ = ["create_blobs"]
