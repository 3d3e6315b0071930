"""Versions of models side by side: what they are, what made them, which of their files differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..entities import ComparedMetric, Comparison, MetricSummary, Model, ModelReference, model_reference
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .describe_model import told_columns
from .facts import facts_of


def compare_models(workspace: Workspace, references: Sequence[str]) -> Comparison:
    """``NAME:VERSION``, ``NAME@LABEL``, or what ``ModelsOperations.find`` takes; alone, a version is the first's.

    Raises ModelNotFound, UsageError for fewer than two.
    """
    if len(references) < 2:
        raise UsageError(
            _("There is nothing to compare one model with."),
            _("Name two or more: azml model compare churn:1 churn:2"),
        )
    models = [find_model(workspace, reference) for reference in references]
    files = [workspace.models.contents(model.name, model.version) for model in models]
    return Comparison(
        jobs=tuple(f"{model.name}:{model.version}" for model in models),
        titles=tuple(f"{model.name} {model.version}" for model in models),
        facts=(
            *facts_of("model", [_about(model) for model in models]),
            *facts_of("parameter", [model.lineage.parameters for model in models]),
            *facts_of("input", [model.lineage.inputs for model in models]),
            *facts_of("environment", [model.lineage.environment for model in models]),
            *facts_of("git", [model.lineage.git for model in models]),
            *facts_of("file", [{_below(path): hash[:12] for path, hash in each.items()} for each in files]),
        ),
        metrics=tuple(_metrics(models)),
        changes=(),
    )


def find_model(workspace: Workspace, reference: str) -> Model:
    """Raises ModelNotFound, UsageError."""
    named = named_model(reference)
    if named is None:
        return workspace.models.find(reference)
    return workspace.models.get(named.name, named.version, label=named.label)


def named_model(reference: str) -> ModelReference | None:
    """As people write it: without the ``azureml:``."""
    return model_reference(reference) or model_reference(f"azureml:{reference}")


def _about(model: Model) -> Mapping[str, Any]:
    return {
        "type": model.type.value,
        "stage": model.stage or None,
        "aliases": ", ".join(model.aliases) or None,
        "flavors": ", ".join(model.flavors) or None,
        "takes": told_columns(model.signature.get("inputs")) or None,
        "gives": told_columns(model.signature.get("outputs")) or None,
        "size": model.size,
        "hash": model.hash[:12] or None,
        "job": model.lineage.job,
        "snapshot": model.lineage.snapshot and model.lineage.snapshot[:12],
        **{f"tag {name}": value for name, value in model.tags.items()},
    }


def _below(path: str) -> str:
    """Without the model's own folder, whose name says nothing."""
    return path.partition("/")[2] or path


def _metrics(models: Sequence[Model]) -> Iterator[ComparedMetric]:
    """Of a model the last value of each is known."""
    for key in sorted({key for model in models for key in model.lineage.metrics}):
        values = [model.lineage.metrics.get(key) for model in models]
        yield ComparedMetric(
            key=key,
            summaries=tuple(
                None if value is None else MetricSummary(key=key, last=value, min=value, max=value, count=1, step=0)
                for value in values
            ),
        )
