"""Names of jobs: pleasant to read, as Azure's are, and free of clashes."""

import random
import re
import secrets

from ..errors import Conflict, UsageError
from ..language import _

_ADJECTIVES = """
amber azure brave bright calm clever coral crisp eager gentle golden happy honest jolly keen kind lively lucky mellow
modest neat noble olive patient proud quick quiet rosy ruby serene silver sunny sweet tidy vivid warm wise
""".split()  # noqa: SIM905 - a list of 37 literals would hide the file
_NOUNS = """
acorn arch atoll badge basin beacon bridge brook canyon cedar comet coral dune falcon fern garden glade harbor heron
island lagoon lantern maple meadow orchid otter pearl pine plum pond reef river shell spruce tulip willow
""".split()  # noqa: SIM905
# Of the service: https://learn.microsoft.com/azure/machine-learning/reference-yaml-job-command; MLflow takes 32 more.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")
_ALPHABET = "0123456789bcdfghjkmnpqrstvwxyz"


def new_job_name() -> str:
    """Such as ``coral_heron_x2k9dmw4qp``: at most 32 characters, what MLflow allows for the id of a run."""
    suffix = "".join(secrets.choice(_ALPHABET) for _digit in range(10))
    return f"{random.choice(_ADJECTIVES)}_{random.choice(_NOUNS)}_{suffix}"  # noqa: S311 - the suffix makes it unique


def check_job_name(name: str) -> None:
    """Raises UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a job's name.", name=name),
            _("Use up to 255 letters, digits, - and _, beginning with a letter or a digit."),
        )


def job_name_taken(name: str) -> Conflict:
    return Conflict(
        _("There is a job named {name} already.", name=name),
        _("Choose another name, or leave it out: one is made up."),
    )
