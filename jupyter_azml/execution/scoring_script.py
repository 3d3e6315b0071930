"""Whether a scoring script can be one, as far as can be told without running it."""

import ast
from pathlib import Path

from ..entities import CodeConfiguration
from ..errors import DataNotFound, UsageError
from ..language import _

_CALLED_WITH = {"init": 0, "run": 1}
"""How many values the server gives to the entry functions."""


def check_script(configuration: CodeConfiguration) -> None:
    """Whether the script is there and has the entry functions, as far as can be told without running it.

    Raises UsageError.
    """
    script = Path(configuration.code) / configuration.scoring_script
    folder = Path(configuration.code).resolve()
    if not folder.is_dir():
        raise UsageError(
            _("There is no folder {folder}, which the deployment takes its code from.", folder=configuration.code),
            _("Check code_configuration.code, or --code: a path begins from the YAML file."),
        )
    if not script.resolve().is_relative_to(folder) or not script.is_file():
        near = ", ".join(sorted(path.name for path in folder.glob("*.py"))[:10])
        raise UsageError(
            _("There is no {script} in {folder}.", script=configuration.scoring_script, folder=folder),
            _("There are: {names}", names=near) if near else _("Check code_configuration.scoring_script."),
        )
    try:
        module = ast.parse(script.read_bytes(), str(script))
    except (SyntaxError, ValueError) as error:
        raise UsageError(
            _("{script} is not Python: {detail}", script=script, detail=error),
            _("Correct it and deploy again."),
        ) from error
    names = _bound_names(module)
    missing = [name for name in _CALLED_WITH if name not in names]
    if missing and "*" not in names:
        raise UsageError(
            _(
                "{script} has no function {names}.",
                script=script.name,
                names=", ".join(f"{name}()" for name in missing),
            ),
            _("A scoring script has init(), called once, and run(data), called for each request."),
        )
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and not _takes(function, _CALLED_WITH.get(function.name)):
            raise UsageError(
                _(
                    "{script} has {name}({asks}), which cannot be called so.",
                    script=script.name,
                    name=function.name,
                    asks=ast.unparse(function.args),
                ),
                _("A scoring script has init(), called once, and run(data), called for each request."),
            )


def check_batch_script(configuration: CodeConfiguration) -> None:
    """Whether it is there. Raises DataNotFound."""
    source = Path(configuration.code)
    if not source.is_dir():
        raise DataNotFound(
            _("There is no folder at {path}.", path=source),
            _("The deployment's code is a folder; check the key: code_configuration.code."),
        )
    if not (source / configuration.scoring_script).is_file():
        raise DataNotFound(
            _("There is no {script} in {folder}.", script=configuration.scoring_script, folder=source),
            _("Check the key: code_configuration.scoring_script. It begins from the code's folder."),
        )


def _takes(function: ast.FunctionDef, count: int | None) -> bool:
    """Whether it can be called with so many values. What stands above it, such as inference_schema's, may give more."""
    if count is None or function.decorator_list:
        return True
    asks = function.args
    most = len(asks.posonlyargs) + len(asks.args)
    has_values = len(asks.kwonlyargs) == sum(value is not None for value in asks.kw_defaults)
    return has_values and most - len(asks.defaults) <= count and (count <= most or asks.vararg is not None)


def _bound_names(module: ast.Module) -> set[str]:
    """What stands at the top of the module, or in an if or try there."""
    names = set()
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Import() | ast.ImportFrom():
                names.update((alias.asname or alias.name) for alias in node.names)
            case ast.Name(ctx=ast.Store()):
                names.add(node.id)
    return names
