"""Thin handlers: read the request, call the port in a thread, answer with an entity."""
