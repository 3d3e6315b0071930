"""How far a reader of a job's events has come: the last state seen, and byte offsets into the journals."""

from typing import NamedTuple


class Cursor(NamedTuple):
    state: int = 0
    """Number of the last status change that was handed over."""
    waiting: str = ""
    """What the queue said then: a waiting job's reason changes without a change of status."""
    events: int = 0
    metrics: int = 0

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """From the beginning for the empty text, and for any text that is not one of ours."""
        try:
            state, waiting, events, metrics = text.split(".")
            return cls(int(state), waiting, int(events), int(metrics))
        except ValueError:
            return cls()

    def __str__(self) -> str:
        return ".".join(map(str, self))
