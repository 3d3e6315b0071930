"""Whether what is asked of an endpoint or a deployment can be: names, traffic, the scoring script. Nothing is run."""

import ast
import re
from pathlib import Path

from ...entities import CodeConfiguration, OnlineEndpoint
from ...errors import UsageError
from ...language import _

# https://learn.microsoft.com/azure/machine-learning/concept-endpoints-online#naming
_ENDPOINT = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{1,30})[A-Za-z0-9]")
_DEPLOYMENT = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?")
_MOST_MIRRORED = 50
"""Per cent, as in Azure."""


def check_endpoint_name(name: str) -> None:
    """Raises UsageError."""
    if not _ENDPOINT.fullmatch(name):
        raise UsageError(
            _("{name} cannot be an endpoint's name.", name=name),
            _("Use 3 to 32 letters, digits and -, beginning with a letter and not ending with -."),
        )


def check_deployment_name(name: str) -> None:
    """Raises UsageError."""
    if not _DEPLOYMENT.fullmatch(name):
        raise UsageError(
            _("{name} cannot be a deployment's name.", name=name),
            _("Use up to 32 letters, digits and -, beginning with a letter and not ending with -."),
        )


def check_traffic(endpoint: OnlineEndpoint, deployments: dict[str, bool]) -> None:
    """``deployments``: those that there are, in small letters, and whether each answers. Raises UsageError."""
    shares = {name: share for name, share in endpoint.traffic.items() if share}
    _check_names(endpoint, {**shares, **endpoint.mirror_traffic}, deployments)
    if any(not 0 <= share <= 100 for share in endpoint.traffic.values()) or sum(shares.values()) not in (0, 100):
        said = ", ".join(f"{name}={share}" for name, share in endpoint.traffic.items())
        raise UsageError(
            _("The traffic is {said}: that makes {sum} %, not 100.", said=said, sum=sum(endpoint.traffic.values())),
            _('Say what each gets, as in: --traffic "blue=90 green=10"; 0 for all stops it.'),
        )
    mirrored = {name: share for name, share in endpoint.mirror_traffic.items() if share}
    if len(mirrored) > 1 or any(not 0 <= share <= _MOST_MIRRORED for share in mirrored.values()):
        raise UsageError(
            _("Traffic is mirrored to one deployment, at most {most} % of it.", most=_MOST_MIRRORED),
            _('Write it as in: --mirror-traffic "green=10"'),
        )
    if both := {name.lower() for name in mirrored} & {name.lower() for name in shares}:
        raise UsageError(
            _("{name} gets traffic, so that none can be mirrored to it.", name=", ".join(both)),
            _("Mirror to a deployment that gets no traffic."),
        )


def _check_names(endpoint: OnlineEndpoint, shares: dict[str, int], deployments: dict[str, bool]) -> None:
    for name in shares:
        if name.lower() not in deployments:
            raise UsageError(
                _(
                    "{endpoint} has no deployment named {name} that could get traffic.",
                    endpoint=endpoint.name,
                    name=name,
                ),
                _("There are: {names}", names=", ".join(sorted(deployments)))
                if deployments
                else _("Create one with: azml deployment create -f FILE.yml"),
            )
        if not deployments[name.lower()] and not endpoint.traffic.get(name, 0) == 0:
            raise UsageError(
                _("{name} does not answer yet, so that it can get no traffic.", name=name),
                _(
                    "See how far it is: azml deployment show {endpoint}/{name}",
                    name=name,
                    endpoint=endpoint.name,
                ),
            )


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
        names = _bound_names(ast.parse(script.read_bytes(), str(script)))
    except (SyntaxError, ValueError) as error:
        raise UsageError(
            _("{script} is not Python: {detail}", script=script, detail=error),
            _("Correct it and deploy again."),
        ) from error
    missing = [name for name in ("init", "run") if name not in names]
    if missing and "*" not in names:
        raise UsageError(
            _(
                "{script} has no function {names}.",
                script=script.name,
                names=", ".join(f"{name}()" for name in missing),
            ),
            _("A scoring script has init(), called once, and run(data), called for each request."),
        )


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
