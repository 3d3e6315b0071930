"""What watching costs a request, and how often drift is said to be there: while it is not, and while it is."""

import random
import statistics
import time
from pathlib import Path

from .measure import Row, timed

CALLS = 200_000
TRIALS = 200
_ENDPOINTS = "endpoints"


def monitoring(folder: str) -> list[Row]:
    from jupyter_azml.monitoring import Exposition, Recorder
    from jupyter_azml.monitoring.figures import metrics_of
    from jupyter_azml.monitoring.history import History
    from jupyter_azml.monitoring.segments import DAY

    endpoints = Path(folder) / _ENDPOINTS
    (endpoints / "churn").mkdir(parents=True)
    recorder, now = Recorder(endpoints), time.time()
    for minutes in range(14 * 24 * 60, 0, -10):
        recorder.record("churn", "blue", 200, 0.05)
        recorder.write(now - minutes * 60)

    def record() -> None:
        for number in range(CALLS):
            recorder.record("churn", "blue", 200, 0.001 * (number % 50))

    counted = statistics.median(timed(record) for _ in range(3)) / CALLS
    recorder.close()
    exposition, history = Exposition(endpoints), History(endpoints / "churn" / "metrics")
    first = timed(exposition.text)
    page = statistics.median(timed(exposition.text) for _ in range(5))
    metrics_of(history, "churn", deployment=None, window=14 * DAY)
    weeks = statistics.median(
        timed(lambda: metrics_of(history, "churn", deployment=None, window=14 * DAY)) for _ in range(5)
    )
    return [
        Row("a request counted by the gateway", counted * 1e6, goal="≤ 10 µs", unit="µs"),
        Row("/metrics after two weeks of requests, read first", first),
        Row("… read again", page, goal="≤ 100 ms"),
        Row("figures and chart of two weeks", weeks, goal="≤ 250 ms"),
        Row("drift of 1,000 requests: false alarms", alarms(0.0), goal="≤ 5 %", unit="%"),
        Row("… of 10 columns", alarms(0.0, columns=10, trials=50), goal="≤ 5 %", unit="%"),
        Row("… half a standard deviation is seen", alarms(0.5), goal="≥ 95 %", unit="%"),
    ]


def alarms(shift: float, *, columns: int = 1, trials: int = TRIALS) -> float:
    """Of that many trials, the share in which 1,000 rows beside 1,000 of a baseline are said to have drifted."""
    from jupyter_azml.monitoring.drift import compare_columns

    chance, count = random.Random(7), 0
    for _ in range(trials):
        before = {f"x{number}": [chance.gauss(0, 1) for _ in range(1_000)] for number in range(columns)}
        after = {name: [chance.gauss(shift, 1) for _ in range(1_000)] for name in before}
        count += bool(compare_columns(before, after, {}).is_drifting)
    return 100 * count / trials
