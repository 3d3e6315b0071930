"""How the traffic of an endpoint is split anew when one deployment is given a share of it."""

from .endpoint import OnlineEndpoint


def with_share(endpoint: OnlineEndpoint, name: str, share: int) -> OnlineEndpoint:
    """``share`` per cent to one deployment, and the rest to the others as it is split among them.

    Where no other gets any, it may be that this does not make 100.
    """
    others = {other: part for other, part in endpoint.traffic.items() if part and other.lower() != name.lower()}
    mirror = {other: part for other, part in endpoint.mirror_traffic.items() if other.lower() != name.lower()}
    return endpoint.model_copy(
        update={
            "traffic": {name: share, **_scaled(others, 100 - share)},
            "mirror_traffic": mirror if share else endpoint.mirror_traffic,
        }
    )


def _scaled(shares: dict[str, int], whole: int) -> dict[str, int]:
    """Whole per cents in the same proportions; the largest takes what rounding leaves."""
    total = sum(shares.values())
    if not total:
        return {}
    scaled = {name: share * whole // total for name, share in shares.items()}
    largest = max(scaled, key=lambda name: shares[name])
    scaled[largest] += whole - sum(scaled.values())
    return scaled
