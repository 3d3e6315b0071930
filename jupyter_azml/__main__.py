"""``python -m jupyter_azml`` is the command line."""

from .cli import main

main()
