"""Sizes of virtual machines that Azure ML offers.

Cores, memory and GPUs are those of https://learn.microsoft.com/azure/virtual-machines/sizes/overview.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from ..entities import ComputeSize
from ..errors import UsageError
from ..language import _

DEFAULT_SIZE = "Standard_DS3_v2"
"""As in ``az ml``."""

# A name, where {} is the cores unless the name counts otherwise; the GPU; then cores, GiB of memory and GPUs.
_SERIES: dict[str, tuple[str, str, tuple[tuple[object, ...], ...]]] = {
    "standardDSv2Family": (
        "Standard_DS{}_v2",
        "",
        (
            (1, 1, 3.5),
            (2, 2, 7),
            (3, 4, 14),
            (4, 8, 28),
            (5, 16, 56),
            (11, 2, 14),
            (12, 4, 28),
            (13, 8, 56),
            (14, 16, 112),
        ),
    ),
    "standardDSv3Family": (
        "Standard_D{}s_v3",
        "",
        ((2, 2, 8), (4, 4, 16), (8, 8, 32), (16, 16, 64), (32, 32, 128), (64, 64, 256)),
    ),
    "standardDASv4Family": (
        "Standard_D{}as_v4",
        "",
        ((2, 2, 8), (4, 4, 16), (8, 8, 32), (16, 16, 64), (32, 32, 128), (64, 64, 256)),
    ),
    "standardDDSv4Family": (
        "Standard_D{}ds_v4",
        "",
        ((2, 2, 8), (4, 4, 16), (8, 8, 32), (16, 16, 64), (32, 32, 128), (64, 64, 256)),
    ),
    "standardDDSv5Family": (
        "Standard_D{}ds_v5",
        "",
        ((2, 2, 8), (4, 4, 16), (8, 8, 32), (16, 16, 64), (32, 32, 128), (64, 64, 256)),
    ),
    "standardESv3Family": (
        "Standard_E{}s_v3",
        "",
        ((2, 2, 16), (4, 4, 32), (8, 8, 64), (16, 16, 128), (32, 32, 256), (64, 64, 432)),
    ),
    "standardEDSv4Family": (
        "Standard_E{}ds_v4",
        "",
        ((2, 2, 16), (4, 4, 32), (8, 8, 64), (16, 16, 128), (32, 32, 256), (64, 64, 504)),
    ),
    "standardFSv2Family": (
        "Standard_F{}s_v2",
        "",
        ((2, 2, 4), (4, 4, 8), (8, 8, 16), (16, 16, 32), (32, 32, 64), (64, 64, 128), (72, 72, 144)),
    ),
    "standardNCASv3_T4Family": (
        "Standard_NC{}as_T4_v3",
        "NVIDIA T4",
        ((4, 4, 28, 1), (8, 8, 56, 1), (16, 16, 110, 1), (64, 64, 440, 4)),
    ),
    "standardNCSv3Family": (
        "Standard_NC{}_v3",
        "NVIDIA V100",
        (("6s", 6, 112, 1), ("12s", 12, 224, 2), ("24s", 24, 448, 4), ("24rs", 24, 448, 4)),
    ),
    "standardNCADSA100v4Family": (
        "Standard_NC{}ads_A100_v4",
        "NVIDIA A100 80 GB",
        ((24, 24, 220, 1), (48, 48, 440, 2), (96, 96, 880, 4)),
    ),
    "standardNCADSH100v5Family": (
        "Standard_NC{}_H100_v5",
        "NVIDIA H100 94 GB",
        (("40ads", 40, 320, 1), ("80adis", 80, 640, 2)),
    ),
    "standardNDASv4_A100Family": ("Standard_ND{}asr_v4", "NVIDIA A100 40 GB", ((96, 96, 900, 8),)),
    "standardNDAMSv4_A100Family": ("Standard_ND{}amsr_A100_v4", "NVIDIA A100 80 GB", ((96, 96, 1900, 8),)),
    "standardNDSH100v5Family": ("Standard_ND{}isr_H100_v5", "NVIDIA H100 80 GB", ((96, 96, 1900, 8),)),
}


def _table() -> Iterator[ComputeSize]:
    for family, (pattern, gpu, rows) in _SERIES.items():
        for number, cores, memory, *gpus in rows:
            yield ComputeSize.model_validate(
                {
                    "name": pattern.format(number),
                    "family": family,
                    "cores": cores,
                    "memory_gb": memory,
                    "gpus": gpus[0] if gpus else 0,
                    "gpu": gpu,
                }
            )


SIZES = tuple(_table())
_BY_NAME = {size.name.lower(): size for size in SIZES}


def size_named(name: str) -> ComputeSize:
    """Without regard to case. Raises UsageError, naming the nearest one."""
    if found := _BY_NAME.get(name.lower()):
        return found
    near = get_close_matches(name.lower(), _BY_NAME, n=1) or [DEFAULT_SIZE.lower()]
    raise UsageError(
        _("There is no size named {name}.", name=name),
        _("Did you mean {near}? All of them: azml compute list-sizes", near=_BY_NAME[near[0]].name),
    )


def cores_of(name: str) -> int | None:
    """None for a size that the table does not have."""
    found = _BY_NAME.get(name.lower())
    return found.cores if found else None
