"""The certificate authority under which the emulator answers as Azure's hosts. Nobody trusts it but what it starts."""

import os
import ssl
from functools import lru_cache
from pathlib import Path

import certifi
import trustme

from ..errors import WorkspaceError
from ..language import _
from .private import make_private

_KEY, _CERTIFICATE, _BUNDLE = "authority.key", "authority.pem", "bundle.pem"


class Authority:
    def __init__(self, folder: Path) -> None:
        """Made once for a folder, with a key that only this user can read. Raises WorkspaceError."""
        self.bundle = folder / _BUNDLE
        """What a client is to trust: this authority, certifi's, and those of a firm's proxy that this user goes by."""
        key, certificate = folder / _KEY, folder / _CERTIFICATE
        if not key.exists():
            self._make(key, certificate)
        if key.stat().st_mode & 0o077:
            raise WorkspaceError(
                _("Others can read the key of the emulator's certificates: {file}", file=key),
                _("Delete it and {file}; the emulator makes new ones.", file=certificate),
            )
        pair = key.read_bytes()
        self._authority = trustme.CA.from_pem(_part(pair, b"CERTIFICATE"), _part(pair, b"PRIVATE KEY"))
        # Every time, since certifi may have been updated.
        make_private(certificate, _part(pair, b"CERTIFICATE"), replace=True)
        make_private(self.bundle, b"\n".join([*_trusted(), _part(pair, b"CERTIFICATE")]), replace=True)

    def context(self) -> ssl.SSLContext:
        """Presents to each client a certificate of the host that it asks for."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

        def choose(connection: ssl.SSLObject, host: str | None, _context: ssl.SSLContext) -> None:
            connection.context = self._context_of(host or "localhost")

        context.sni_callback = choose
        return context

    @lru_cache(maxsize=256)  # noqa: B019 - one authority lives as long as its process
    def _context_of(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host).configure_cert(context)
        return context

    @staticmethod
    def _make(key: Path, certificate: Path) -> None:
        made = trustme.CA(organization_name="jupyter_azml", organization_unit_name="emulator of this user")
        # One file holds both: of two emulators that start at once, the first wins whole.
        make_private(key, made.private_key_pem.bytes() + made.cert_pem.bytes())
        certificate.unlink(missing_ok=True)


def _trusted() -> list[bytes]:
    said = (os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"))
    files = [Path(certifi.where()), *(Path(name) for name in said if name)]
    return [file.read_bytes() for file in dict.fromkeys(files) if file.is_file()]


def _part(pem: bytes, kind: bytes) -> bytes:
    """The block of a PEM file whose label ends so."""
    lines = pem.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.startswith(b"-----BEGIN") and kind in line)
    last = next(i for i, line in enumerate(lines) if i > first and line.startswith(b"-----END"))
    return b"".join(lines[first : last + 1])
