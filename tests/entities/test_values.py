"""Values that JSON has no word for."""

import json
import math

from jupyter_azml.entities import NotebookSpec


def test_nan_and_infinities_come_back_as_numbers_from_any_depth_and_texts_as_texts():
    given = {"x": math.inf, "deep": [{"y": -math.inf}, "NaN"], "text": "Infinity", "big": 10**40, "none": None}
    spec = NotebookSpec(notebook="a", code="/", parameters=given)
    text = spec.model_dump_json()
    assert json.loads(text, parse_constant=lambda word: 1 / 0)["parameters"]["x"] == {"$float": "Infinity"}
    assert NotebookSpec.model_validate_json(text) == spec
    assert math.isnan(NotebookSpec(notebook="a", code="/", parameters={"x": {"$float": "NaN"}}).parameters["x"])
    strange = {"x": {"$float": "five"}}
    assert NotebookSpec(notebook="a", code="/", parameters=strange).parameters == strange
