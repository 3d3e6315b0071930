"""The one grammar: noun, then verb. Commands return values and print nothing; terminal and notebook show them."""

import click

from .session import Grammar, Session

__all__ = ["Session", "grammar"]

grammar = Grammar(
    "azml",
    help="Azure Machine Learning in Jupyter: run notebooks as jobs, here or in the cloud.",
    lazy={
        "account": ("account", "Who is signed in to Azure."),
        "attach": ("attach", "Choose the workspace that the other commands use."),
        "batch-deployment": ("batch", "The models behind a batch endpoint."),
        "batch-endpoint": ("batch", "Names that score whole data assets, as jobs."),
        "compute": ("compute", "Where jobs run."),
        "connection": ("connection", "Services outside that jobs reach, and their credentials."),
        "data": ("data", "Names and versions for data."),
        "datastore": ("datastore", "Places where data is kept, and the files in them."),
        "deployment": ("deployment", "The models behind an endpoint."),
        "endpoint": ("endpoint", "Addresses at which models answer."),
        "emulator": ("emulator", "Azure ML on this machine, for Microsoft's own clients, offline."),
        "environment": ("environment", "What a job's Python finds: packages by name and version."),
        "experiment": ("experiment", "Names under which jobs are grouped."),
        "job": ("job", "List, show, follow, change and download jobs."),
        "login": ("account", "Sign in to Azure."),
        "logout": ("account", "Forget the sign-in of azml login."),
        "model": ("model", "Names and versions for models, and where each came from."),
        "run": ("run", "Run a notebook as a job."),
        "secret": ("secret", "Values that jobs read and nobody else does."),
        "watch": ("watch", "Jobs side by side as they run, with their metrics."),
        "workspace": ("workspace", "Create, list, show, repair and delete workspaces."),
    },
    # As az ml spells them.
    aliases={"online-deployment": "deployment", "online-endpoint": "endpoint"},
)
click.version_option(package_name="jupyter_azml", prog_name="azml")(grammar)
