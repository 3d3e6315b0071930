"""What the names of metrics say."""

OF_MACHINE = "system/"
"""Before what a job takes of the machine, as MLflow has it."""
EPOCH = "epoch"
"""The metric under which jobs say which epoch a step belongs to."""


def is_own_metric(key: str) -> bool:
    """Whether the job's code measured it, and not the machine."""
    return not key.startswith(OF_MACHINE)
