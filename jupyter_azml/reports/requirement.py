"""``--require "accuracy>=0.9"``: what a metric of a job has to be."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Literal

from ..entities.base import Entity
from ..errors import UsageError
from ..language import _

Operator = Literal[">=", "<=", "==", "!=", ">", "<"]

_COMPARE: dict[Operator, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
# The first sign ends the metric's name: MLflow's names have letters, digits and ``_-. :/`` in them, and no such sign.
_FORM = re.compile(r"\s*([^<>=!]*[^<>=!\s])\s*(>=|<=|==|!=|>|<)\s*([^<>=!\s]+)\s*")


class Requirement(Entity):
    metric: str
    operator: Operator
    bound: float

    def __str__(self) -> str:
        return f"{self.metric}{self.operator}{self.bound:g}"

    def judge(self, metrics: Mapping[str, float]) -> tuple[bool, str]:
        """Whether it is met by the last values of a job's metrics, and a sentence that says so."""
        value = metrics.get(self.metric)
        if value is None:
            there = ", ".join(sorted(metrics)) or "-"
            return False, _(
                "{requirement}: the job logged no such metric; it has: {names}.", requirement=self, names=there
            )
        if math.isnan(value):
            return False, _("{requirement}: the metric is NaN, no number.", requirement=self)
        if _COMPARE[self.operator](value, self.bound):
            return True, _("{requirement}: it is {value}.", requirement=self, value=f"{value:.6g}")
        return False, _("{requirement} is not met: it is {value}.", requirement=self, value=f"{value:.6g}")


def parse_requirement(text: str) -> Requirement:
    """Raises UsageError."""
    found = _FORM.fullmatch(text)
    try:
        if not found or math.isnan(bound := float(found[3])):
            raise ValueError(text)
    except ValueError:
        raise UsageError(
            _("{text} is no requirement.", text=text),
            _('Write a metric, one of {operators}, and a number, as in: "accuracy>=0.9"', operators=" ".join(_COMPARE)),
        ) from None
    return Requirement.model_validate({"metric": found[1], "operator": found[2], "bound": bound})
