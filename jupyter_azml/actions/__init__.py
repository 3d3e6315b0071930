"""Intentions that take several calls of the port."""
