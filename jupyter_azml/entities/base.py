"""What every entity shares."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class Entity(BaseModel):
    """Frozen, strict about unknown keys; NaN and infinity travel as strings, since JSON has no word for them."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")

    def to_data(self) -> dict[str, Any]:
        """Plain data that every reader of JSON takes. pydantic's own ``model_dump`` leaves NaN a float."""
        data: dict[str, Any] = json.loads(self.model_dump_json())
        return data
