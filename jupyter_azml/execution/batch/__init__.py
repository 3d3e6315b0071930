"""A batch deployment's scoring script over many files: mini-batches, worker processes, retries, each row once.

``python -m jupyter_azml.execution.batch --help``; it imports neither pydantic nor mlflow, and runs in the
environment of the deployment.
"""
