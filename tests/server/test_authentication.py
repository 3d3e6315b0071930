"""No handler is open to whoever passes by."""

import warnings

from jupyter_server.serverapp import JupyterServerAuthWarning, ServerApp


def test_every_handler_demands_a_signed_in_user(jp_environ):
    ServerApp.clear_instance()
    server = ServerApp(
        allow_unauthenticated_access=False,
        jpserver_extensions={"jupyter_azml": True},
        reraise_server_extension_failures=True,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error", JupyterServerAuthWarning)
        server.initialize(argv=[], find_extensions=False, new_httpserver=False)
    ServerApp.clear_instance()
