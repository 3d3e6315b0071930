"""Which metrics are the notebook's."""


def is_own_metric(key: str) -> bool:
    """MLflow may log the machine's load beside what a notebook logs."""
    return not key.startswith("system/")
