"""What may take minutes has a thread of its own: those that all other requests share are few."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


async def in_own_thread(function: Callable[[], Answer]) -> Answer:
    """Its answer. The server's end does not wait for the thread."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[Answer] = loop.create_future()

    def run() -> None:
        try:
            answer = function()
        except BaseException as error:  # it belongs to whoever waits, whatever it is
            _tell(loop, answered, error=error)
        else:
            _tell(loop, answered, answer=answer)

    start_thread(run)
    return await answered


def start_thread(function: Callable[[], None]) -> None:
    """The thread speaks the language of whoever starts it."""
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(function,), name="azml-patient", daemon=True).start()


def _tell(
    loop: asyncio.AbstractEventLoop,
    answered: "asyncio.Future[Answer]",
    *,
    answer: Answer | None = None,
    error: BaseException | None = None,
) -> None:
    def settle() -> None:
        if answered.done():  # nobody waits any more
            return
        if error is not None:
            answered.set_exception(error)
        else:
            answered.set_result(answer)  # type: ignore[arg-type]  # without an error there is one

    if not loop.is_closed():
        loop.call_soon_threadsafe(settle)
