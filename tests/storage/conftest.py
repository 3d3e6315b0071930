"""Azurite for these tests."""

from tests.azurite.server import azurite, container  # noqa: F401 - fixtures
