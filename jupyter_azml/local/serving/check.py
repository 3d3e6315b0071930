"""Whether the traffic that is asked of an endpoint can be."""

from ...entities import OnlineEndpoint
from ...errors import UsageError
from ...language import _

_MOST_MIRRORED = 50
"""Per cent, as in Azure."""


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
