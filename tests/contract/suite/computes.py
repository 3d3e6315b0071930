"""Computes and experiments, as every workspace has to offer them."""

import pytest

from jupyter_azml.errors import ComputeNotFound


class Computes:
    def test_every_listed_compute_can_be_asked_for_by_name(self, rig):
        listed = rig.workspace.computes.list().items
        assert listed
        for compute in listed:
            assert rig.workspace.computes.get(compute.name.upper()).name == compute.name

    def test_an_unknown_compute_is_named_in_the_error(self, rig):
        with pytest.raises(ComputeNotFound, match="no-such-compute"):
            rig.workspace.computes.get("no-such-compute")


class Experiments:
    def test_experiments_count_their_jobs_last_used_first(self, rig, write_notebook, spec_of):
        notebook = write_notebook("1")
        for name in ("digits", "churn", "digits"):
            rig.submit(spec_of(notebook, experiment=name))
        found = [(experiment.name, experiment.jobs) for experiment in rig.workspace.experiments.list().items]
        assert found == [("digits", 2), ("churn", 1)]
