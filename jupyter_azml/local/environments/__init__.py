"""Environments of a local workspace: kept by content, built once as a layer over the Python that asks."""
