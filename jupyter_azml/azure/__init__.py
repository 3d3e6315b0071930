"""The cloud workspace: a thin client of Azure Resource Manager. What it sends and reads is written in ``arm/``."""

from .workspace import AzureWorkspace

__all__ = ["AzureWorkspace"]
