"""Runs one notebook, cell or command. Knows no workspace: it is handed files and a journal."""
