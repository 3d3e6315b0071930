"""Serving models: the servers, the gateway before them, and what the agent does to keep both."""
