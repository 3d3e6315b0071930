"""Code that a kernel runs before the first cell, and that no notebook shows."""

from .cancellation import Cancellation
from .cell_run import LOOK, KernelDied
from .kernel import Kernel


class PreparationError(Exception):
    """What the code raised, as the kernel tells it."""


def run_unseen(kernel: Kernel, source: str, cancellation: Cancellation) -> None:
    """Raises PreparationError, KernelDied, CanceledError."""
    asked = kernel.client.execute(source, silent=True, store_history=False)
    while True:
        for message in kernel.receive(LOOK):
            if message["channel"] != "shell" or message["parent_header"].get("msg_id") != asked:
                continue
            if message["content"]["status"] != "ok":
                raise PreparationError(message["content"].get("evalue", ""))
            return
        cancellation.check()
        cancellation.insist()
        if (code := kernel.exit_code()) is not None:
            raise KernelDied(code)
