"""A process that logs until it is killed, and says what was acknowledged: ``writer.py URI RUN NAME THREADS``."""

import os
import sys
import threading
import time

import mlflow
from mlflow.entities import Metric

uri, run, name, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()


def write(key: str) -> None:
    for step in range(10_000_000):
        if step % 7 == 6:
            now = int(time.time() * 1000)
            client.log_batch(run, [Metric(f"{key}.batch", i / 7, now, step) for i in range(50)])
        client.log_metric(run, key, step / 7, step=step)
        if step % 50 == 49:
            client.log_param(run, f"{key}.{step}", step)
        os.write(1, f"{key} {step}\n".encode())


for number in range(threads):
    threading.Thread(target=write, args=(f"{name}.{number}",)).start()
