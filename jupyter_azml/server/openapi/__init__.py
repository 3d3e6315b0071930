"""The OpenAPI document of the REST API, read from the handlers themselves, so that it cannot say otherwise."""

from .document import document

__all__ = ["document"]
