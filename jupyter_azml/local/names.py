"""Names of jobs: pleasant to read, as Azure's are, and free of clashes."""

import random
import secrets

_ADJECTIVES = """
amber azure brave bright calm clever coral crisp eager gentle golden happy honest jolly keen kind lively lucky mellow
modest neat noble olive patient proud quick quiet rosy ruby serene silver sunny sweet tidy vivid warm wise
""".split()  # noqa: SIM905 - a list of 37 literals would hide the file
_NOUNS = """
acorn arch atoll badge basin beacon bridge brook canyon cedar comet coral dune falcon fern garden glade harbor heron
island lagoon lantern maple meadow orchid otter pearl pine plum pond reef river shell spruce tulip willow
""".split()  # noqa: SIM905
_ALPHABET = "0123456789bcdfghjkmnpqrstvwxyz"


def new_job_name() -> str:
    """Such as ``coral_heron_x2k9dmw4qp``: at most 32 characters, what MLflow allows for the id of a run."""
    suffix = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return f"{random.choice(_ADJECTIVES)}_{random.choice(_NOUNS)}_{suffix}"  # noqa: S311 - the suffix makes it unique
