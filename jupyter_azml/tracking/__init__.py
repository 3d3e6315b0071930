"""MLflow on a local workspace, and the only import of mlflow.

Nothing here is imported by the rest until a job's own code logs: mlflow takes over a second to import.
"""
