"""What a notebook has imported, as far as its own names tell it."""

import sys
from types import ModuleType
from typing import Any


def imported_modules(shell: Any) -> set[str]:
    """First names of the modules behind its variables: of modules themselves, of functions, of classes of values.

    What Jupyter itself has loaded is not among them.
    """
    hidden = getattr(shell, "user_ns_hidden", {})
    found = set()
    for name, value in list(shell.user_ns.items()):
        if name.startswith("_") or (name in hidden and hidden[name] is value):
            continue
        for each in (value, type(value)):
            module = each.__name__ if isinstance(each, ModuleType) else getattr(each, "__module__", None)
            if isinstance(module, str):
                found.add(module.partition(".")[0])
    return found - sys.stdlib_module_names - {"__main__", "IPython", "ipykernel", "jupyter_azml"}
