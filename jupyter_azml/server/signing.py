"""A sign-in to Azure by device code, begun from a page: one at a time, whoever looks. The code is in no log."""

from datetime import UTC, datetime
from threading import Event, Lock
from typing import Literal

from ..entities import Account, DeviceCode
from ..entities.base import Entity
from ..errors import AzmlError
from ..workspace import Connector
from .builds import Failure
from .patience import start_thread

CODE_PATIENCE = 20.0
"""Seconds that an answer waits for the code; it comes within one as a rule."""


class SignInState(Entity):
    state: Literal["none", "starting", "waiting", "done", "failed"] = "none"
    user_code: str = ""
    verification_uri: str = ""
    expires: datetime | None = None
    account: Account | None = None
    error: Failure | None = None


class SignIns:
    """Who begins a sign-in while one waits is shown that one's code; giving it up ends it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state = SignInState()
        self._given_up = Event()
        self._coded = Event()

    @property
    def state(self) -> SignInState:
        return self._state

    def seen(self, connector: Connector) -> SignInState:
        """With who is signed in, be it from a terminal; a sign-in that has ended stays told until the next one."""
        state = self._state
        if state.state in ("none", "done"):
            return state.model_copy(update={"account": connector.signed_in()})
        return state

    def begin(self, connector: Connector, tenant: str) -> SignInState:
        with self._lock:
            waits = self._state.state in ("starting", "waiting")
            expired = self._state.expires is not None and self._state.expires <= datetime.now(UTC)
            if not waits or expired:
                self._given_up.set()
                given_up, coded = Event(), Event()
                self._given_up, self._coded = given_up, coded
                self._state = SignInState(state="starting")
                start_thread(lambda: self._run(connector, tenant, given_up, coded))
            coded = self._coded
        coded.wait(CODE_PATIENCE)
        return self._state

    def sign_out(self, connector: Connector) -> None:
        self.give_up()
        connector.sign_out()
        with self._lock:
            if self._state.state == "done":
                self._state = SignInState()

    def give_up(self) -> None:
        with self._lock:
            self._given_up.set()
            if self._state.state in ("starting", "waiting"):
                self._state = SignInState()

    def _run(self, connector: Connector, tenant: str, given_up: Event, coded: Event) -> None:
        def show(code: DeviceCode) -> None:
            waiting = SignInState(
                state="waiting",
                user_code=code.user_code,
                verification_uri=code.verification_uri,
                expires=code.expires,
            )
            self._settle(waiting, given_up)
            coded.set()

        try:
            account = connector.sign_in(show, tenant=tenant, is_given_up=given_up.is_set)
            self._settle(SignInState(state="done", account=account), given_up)
        except AzmlError as error:
            failure = Failure(code=error.code, message=error.message, hint=error.hint)
            self._settle(SignInState(state="failed", error=failure), given_up)
        finally:
            coded.set()

    def _settle(self, state: SignInState, given_up: Event) -> None:
        """Unless somebody gave it up, or began another one."""
        with self._lock:
            if not given_up.is_set():
                self._state = state
