"""How often drift is said to be there, while it is not and while it is. Seeds are fixed."""

import math
import random

import pytest

from jupyter_azml.monitoring.drift import LEAST_ROWS, columns_of, compare_columns
from jupyter_azml.monitoring.psi import chi_square_quantile, compare

TRIALS = 200
SHAPES = {
    "normal": lambda chance, shift: chance.gauss(shift, 1),
    "exponential": lambda chance, shift: chance.expovariate(1) + shift,
    "uniform": lambda chance, shift: (chance.random() + shift / math.sqrt(12)) * math.sqrt(12),
    "counts": lambda chance, shift: int(chance.random() * 5) + (chance.random() < shift * 2**0.5),
}
CITIES = ("Rome", "Oslo", "Lima", "Kyiv", "Bern", "Suva")


def table(chance, rows, columns, shift, make):
    """The shift is the first column's alone."""
    return {f"x{number}": [make(chance, shift if number == 0 else 0) for _ in range(rows)] for number in range(columns)}


def share_of_alarms(make, *, baseline=1_000, rows=1_000, columns=1, shift=0.0, trials=TRIALS, seed=7):
    chance, alarms = random.Random(seed), 0
    for _ in range(trials):
        before = table(chance, baseline, columns, 0, make)
        alarms += bool(compare_columns(before, table(chance, rows, columns, shift, make), {}).is_drifting)
    return alarms / trials


@pytest.mark.parametrize("shape", SHAPES)
def test_no_more_than_five_per_cent_of_false_alarms_and_half_a_deviation_is_seen(shape):
    trials = TRIALS if shape == "normal" else TRIALS // 5
    false = share_of_alarms(SHAPES[shape], trials=trials)
    seen = share_of_alarms(SHAPES[shape], shift=0.5, trials=trials)
    print(f"{shape}, {trials} trials of 1,000 rows: false alarms {false:.1%}, half a deviation seen {seen:.1%}")
    assert false <= 0.05
    assert seen >= 0.95


@pytest.mark.parametrize(("baseline", "rows"), [(1_000, LEAST_ROWS), (300, 100), (100, 1_000), (5_000, 200)])
def test_the_number_of_rows_on_either_side_makes_no_false_alarms(baseline, rows):
    assert share_of_alarms(SHAPES["normal"], baseline=baseline, rows=rows, trials=60) <= 0.05
    assert (
        share_of_alarms(lambda chance, _shift: chance.choice(CITIES), baseline=baseline, rows=rows, trials=60) <= 0.05
    )


def test_of_many_columns_one_that_drifts_is_seen_and_none_that_does_not():
    assert share_of_alarms(SHAPES["normal"], columns=20, rows=100, trials=20) <= 0.05
    assert share_of_alarms(SHAPES["normal"], columns=20, shift=0.5, trials=8) >= 0.95


def test_values_that_never_come_twice_are_no_drift():
    assert share_of_alarms(lambda chance, _shift: f"id-{chance.random()}", trials=20) == 0
    rare = share_of_alarms(lambda chance, _shift: str(int(1 / (chance.random() + 1e-4))), rows=200, trials=100)
    assert rare <= 0.05


def test_a_category_that_the_baseline_does_not_have_is_seen_and_counted():
    before = {"city": [CITIES[number % 3] for number in range(900)]}
    after = {"city": ["Suva" if number % 5 == 0 else CITIES[number % 3] for number in range(500)]}
    column = compare_columns(before, after, {}).columns[0]
    assert column.is_drifting
    assert column.kind == "categorical"
    assert column.unseen == pytest.approx(0.2)


def test_values_that_are_missing_now_are_seen():
    before = {"age": [float(number % 90) for number in range(900)]}
    after = {"age": [None if number % 4 == 0 else float(number % 90) for number in range(500)]}
    column = compare_columns(before, after, {}).columns[0]
    assert column.is_drifting
    assert column.missing == pytest.approx(0.25)


def test_numbers_that_became_texts_are_drift():
    before, after = {"age": list(range(500))}, {"age": [str(number) for number in range(500)]}
    assert compare_columns(before, after, {}).is_drifting


def test_a_column_that_is_always_the_same_cannot_drift_until_it_is_not():
    constant = {"x": [3] * 500}
    assert compare_columns(constant, {"x": [3.0] * 500}, {}).is_drifting is False
    assert compare_columns(constant, {"x": [4] * 500}, {}).is_drifting
    assert compare_columns({"x": [0, 1] * 250}, {"x": [0, 2] * 250}, {}).columns[0].unseen == 0.5


def test_a_tiny_difference_that_many_rows_prove_is_no_alarm():
    assert share_of_alarms(SHAPES["normal"], baseline=5_000, rows=5_000, shift=0.1, trials=10) == 0


def test_predictions_are_compared_with_the_column_that_stands_for_them():
    chance = random.Random(3)
    before = {"x": [chance.random() for _ in range(500)], "label": [number % 2 for number in range(500)]}
    inputs, wrong = {"x": [chance.random() for _ in range(500)]}, {"prediction": [1] * 500}
    assert compare_columns(before, inputs, wrong).is_drifting is False
    verdict = compare_columns(before, inputs, wrong, prediction_column="label")
    assert [(column.column, column.source) for column in verdict.columns if column.is_drifting] == [
        ("prediction", "prediction")
    ]


def test_inputs_without_names_go_by_their_order():
    chance = random.Random(3)
    before = {"a": [chance.random() for _ in range(500)], "b": [chance.gauss(9, 1) for _ in range(500)]}
    after = {"input_0": before["a"], "input_1": before["b"]}
    verdict = compare_columns(before, after, {})
    assert {column.column for column in verdict.columns} == {"input_0", "input_1"}
    assert verdict.is_drifting is False


def test_too_few_rows_or_no_common_column_give_no_verdict():
    before = {"x": list(range(500))}
    assert compare_columns(before, {"x": [1] * (LEAST_ROWS - 1)}, {}).is_drifting is None
    assert compare_columns(before, {"y": [1] * 500, "z": [1] * 500}, {}).is_drifting is None
    assert compare_columns({}, {}, {}).is_drifting is None


def test_a_limit_of_the_users_own_stands_in_place_of_chance():
    chance = random.Random(3)
    before, after = ({"x": [chance.gauss(shift, 1) for _ in range(1_000)]} for shift in (0, 0.5))
    assert compare_columns(before, after, {}, limit=0.9).is_drifting is False
    assert compare_columns(before, after, {}, limit=0.05).columns[0].threshold == 0.05


def test_the_index_of_known_shares_is_what_the_formula_says():
    before, after = ["a"] * 5_000 + ["b"] * 5_000, ["a"] * 7_500 + ["b"] * 2_500
    assert compare(before, after).psi == pytest.approx(0.25 * math.log(1.5) - 0.25 * math.log(0.5), rel=1e-3)


def test_chi_square_quantiles_are_those_of_the_tables():
    table = {(0.95, 1): 3.841, (0.99, 2): 9.210, (0.95, 9): 16.919, (0.999, 9): 27.877, (0.99, 19): 36.191}
    for (share, freedom), value in table.items():
        assert chi_square_quantile(share, freedom) == pytest.approx(value, rel=0.01)


def test_rows_without_a_column_miss_it_and_lists_are_left_out():
    assert columns_of([{"a": 1, "image": [1, 2]}, {"b": True}]) == {"a": [1, None], "b": [None, True]}
