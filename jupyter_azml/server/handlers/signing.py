"""Signing in to Azure from a page."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.web import authenticated

from ..signing import SignIns
from .base import AzmlHandler


class SignInRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tenant: str = ""


class SignInHandler(AzmlHandler):
    """A POST asks for a code, GET says whether it was entered and who is signed in, DELETE gives it up."""

    @authenticated
    @authorized
    async def get(self) -> None:
        signing: SignIns = self.settings["azml_signing"]
        self.set_header("Cache-Control", "no-store")
        connector = self.settings["azml_connector"]
        self.answer(await self.think(lambda: signing.seen(connector)))

    @authenticated
    @authorized
    async def post(self) -> None:
        tenant = self.body_as(SignInRequest).tenant
        signing: SignIns = self.settings["azml_signing"]
        connector = self.settings["azml_connector"]
        self.set_header("Cache-Control", "no-store")
        self.answer(await self.think_patiently(lambda: signing.begin(connector, tenant)))

    @authenticated
    @authorized
    async def delete(self) -> None:
        signing: SignIns = self.settings["azml_signing"]
        signing.give_up()
        self.set_status(204)
        self.finish()


class SignOutHandler(AzmlHandler):
    """A POST forgets the sign-in that was made here or by `azml login`; one by `az login` stays."""

    @authenticated
    @authorized
    async def post(self) -> None:
        signing: SignIns = self.settings["azml_signing"]
        connector = self.settings["azml_connector"]
        await self.think(lambda: signing.sign_out(connector))
        self.set_status(204)
        self.finish()
