"""The one grammar: noun, then verb. Commands return values and print nothing; terminal and notebook show them."""

import click

from .session import Grammar, Session

__all__ = ["Session", "grammar"]

grammar = Grammar(
    "azml",
    help="Azure Machine Learning in Jupyter: run notebooks as jobs, here or in the cloud.",
    lazy={
        "attach": ("attach", "Choose the workspace that the other commands use."),
        "compute": ("compute", "Where jobs run."),
        "experiment": ("experiment", "Names under which jobs are grouped."),
        "job": ("job", "List, show, follow and cancel jobs."),
        "run": ("run", "Run a notebook as a job."),
        "workspace": ("workspace", "Show or repair the workspace."),
    },
)
click.version_option(package_name="jupyter_azml", prog_name="azml")(grammar)
