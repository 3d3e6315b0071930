"""``azml login``, ``azml logout``, ``azml account``: who one is to Azure."""

import os
import sys
from typing import TYPE_CHECKING

import click

from ..entities import Account
from ..errors import UsageError
from ..language import _
from .session import Session, Verb, pass_session

if TYPE_CHECKING:
    from ..entities import DeviceCode


@click.command(cls=Verb)
@click.option("--device-code", is_flag=True, help="Show a code to enter in a browser, on whatever machine.")
@click.option("--browser", is_flag=True, help="Open a browser on this machine.")
@click.option("-t", "--tenant", default="", help="The tenant, by id or domain; else that of whoever signs in.")
@pass_session
def login(session: Session, device_code: bool, browser: bool, tenant: str) -> Account:
    """Sign in to Azure, for this and the next commands, notebooks and pages.

    Without it, the variables of a service principal, a managed identity and az login are tried.
    """
    if device_code and browser:
        raise UsageError(_("--device-code and --browser exclude one another."), _("Leave one of them out."))
    # In a notebook the browser is on another machine, as often as not.
    by_browser = browser or (not device_code and session.current_notebook is None and has_browser())
    return session.connector.sign_in(None if by_browser else lambda code: _tell(session, code), tenant=tenant)


@click.command(cls=Verb)
@pass_session
def logout(session: Session) -> None:
    """Forget the sign-in of azml login. What others signed in, such as az login, stays."""
    was_signed_in = session.connector.sign_out()
    session.notes.append(_("Signed out.") if was_signed_in else _("Nobody had signed in by azml login."))


@click.command(cls=Verb)
@pass_session
def account(session: Session) -> Account:
    """Who is signed in to Azure, and which credential that is."""
    return session.connector.account()


def has_browser() -> bool:
    """Whether this machine has one, and somebody in front of it."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return False
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _tell(session: Session, code: "DeviceCode") -> None:
    text = _("Open {address} and enter the code {code}", address=code.verification_uri, code=code.user_code)
    if session.tell:
        session.tell(f"{text}\n")
    else:
        click.echo(text, err=True)
