"""The command that a batch invocation runs as its job."""

import argparse
import logging
import os
import sys
from pathlib import Path

from .gathering import gather
from .plan import OUTPUT_ACTIONS, Plan
from .progress import Progress
from .run import BatchFailedError, run_batch

_LOGGING = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def main() -> int:
    plan, arguments = _read_arguments()
    os.environ["AZUREML_BI_OUTPUT_PATH"] = str(plan.output)  # where a script leaves files of its own, as in Azure
    batches = plan.mini_batches()
    if not batches:
        print(f"There is no file in {plan.input}.", file=sys.stderr)
        return 1
    progress = Progress(len(batches), events=arguments.events, file=arguments.progress)
    try:
        outcome = run_batch(plan, batches, progress)
    except BatchFailedError as error:
        print(error, file=sys.stderr)
        return 1
    rows = gather(plan) if plan.output_action == "append_row" else 0
    print(f"{outcome.files} files in {len(batches)} mini-batches, {rows} rows, {outcome.failed} files failed.")
    if outcome.failed:
        print(f"{outcome.failed} of {outcome.files} files failed and are not in the output.", file=sys.stderr)
    return 1 if outcome.failed == outcome.files else 0


def _read_arguments() -> tuple[Plan, argparse.Namespace]:
    parser = argparse.ArgumentParser(prog="python -m jupyter_azml.execution.batch", description=__doc__)
    parser.add_argument("--input", type=Path, required=True, help="a file, or a folder with all files in it")
    parser.add_argument("--model", default="", help="what AZUREML_MODEL_DIR is to be")
    parser.add_argument("--output", type=Path, required=True, help="a folder")
    parser.add_argument("--scoring-script", type=Path, help="a model of MLflow needs none")
    parser.add_argument("--mini-batch-size", type=int, default=10, help="files handed to run() at once")
    parser.add_argument("--workers", type=int, default=1, help="processes that score")
    parser.add_argument("--max-retries", type=int, default=3, help="further attempts for a mini-batch")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for a mini-batch")
    parser.add_argument("--error-threshold", type=int, default=-1, help="files that may fail; -1: any number")
    parser.add_argument("--output-action", choices=OUTPUT_ACTIONS, default="append_row")
    parser.add_argument("--output-file-name", default="predictions.csv")
    parser.add_argument("--logging-level", choices=sorted(_LOGGING), default="info")
    parser.add_argument("--scratch", type=Path, required=True, help="a folder for parts of the output")
    parser.add_argument("--events", type=Path, help="a journal that is told of finished mini-batches")
    parser.add_argument("--progress", type=Path, help="a file with how far it is")
    found = parser.parse_args()
    logging.basicConfig(level=_LOGGING[found.logging_level], format="%(asctime)s %(levelname)s %(message)s")
    return Plan(
        input=found.input.absolute(),
        output=found.output.absolute(),
        parts=found.scratch.absolute(),
        scoring_script=found.scoring_script.absolute() if found.scoring_script else None,
        model=found.model,
        mini_batch_size=found.mini_batch_size,
        workers=found.workers,
        max_retries=found.max_retries,
        timeout=found.timeout,
        error_threshold=found.error_threshold,
        output_action=found.output_action,
        output_file_name=found.output_file_name,
        logging_level=found.logging_level,
    ), found


if __name__ == "__main__":
    sys.exit(main())
