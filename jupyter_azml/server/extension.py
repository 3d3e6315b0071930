"""The extension application: settings, routes, one connector for all requests."""

from jupyter_server.extension.application import ExtensionApp

from ..connect import Connections
from .alerts import AlertFeed
from .builds import Builds
from .feed import Feed
from .routes import ROUTES
from .saves import Saves
from .signing import SignIns


class AzmlExtension(ExtensionApp):
    name = "jupyter_azml"

    def initialize_settings(self) -> None:
        connector = self.settings["azml_connector"] = Connections(remember=True)
        self.settings["azml_builds"] = Builds()
        self.settings["azml_saves"] = Saves()
        self.settings["azml_signing"] = SignIns()
        self.settings["azml_feed"] = Feed(connector, self._report)
        self.settings["azml_alerts"] = AlertFeed(connector, self._report)

    def initialize_handlers(self) -> None:
        self.handlers.extend(ROUTES)

    def _report(self, error: BaseException) -> None:
        self.log.error("The live socket failed", exc_info=error)
