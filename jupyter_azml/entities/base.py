"""What every entity shares."""

from pydantic import BaseModel, ConfigDict


class Entity(BaseModel):
    """Frozen, strict about unknown keys; NaN and infinity travel as strings, since JSON has no word for them."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings", use_attribute_docstrings=True)
