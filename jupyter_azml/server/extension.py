"""The extension application: settings, routes, one connector for all requests."""

from jupyter_server.extension.application import ExtensionApp

from ..connect import Connections
from .routes import ROUTES


class AzmlExtension(ExtensionApp):
    name = "jupyter_azml"

    def initialize_settings(self) -> None:
        self.settings["azml_connector"] = Connections()

    def initialize_handlers(self) -> None:
        self.handlers.extend(ROUTES)
