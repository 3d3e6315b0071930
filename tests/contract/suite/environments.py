"""Environments: names and versions for what a job's Python finds."""

import pytest

from jupyter_azml.entities import BuildState, Environment
from jupyter_azml.errors import AzmlError, Conflict, EnvironmentNotFound, UsageError


class Environments:
    @pytest.fixture
    def tools(self, rig):
        return rig.workspace.environments.create_or_update(Environment(name="tools", packages=("cowsay==6.1", "roman")))

    def test_the_same_content_is_the_same_version(self, rig, tools):
        environments = rig.workspace.environments
        assert (tools.version, tools.state) == ("1", BuildState.NOT_BUILT)
        again = environments.create_or_update(
            Environment(name="Tools", packages=("roman", "cowsay==6.1"), tags={"team": "blue"})
        )
        assert (again.version, again.tags, again.created) == ("1", {"team": "blue"}, tools.created)
        other = environments.create_or_update(tools.model_copy(update={"version": "", "packages": ("roman",)}))
        assert other.version == "2"
        assert environments.get("tools").version == "2"
        assert environments.get("tools", "1").packages == ("cowsay==6.1", "roman")
        assert [each.version for each in environments.list("tools").items] == ["2", "1"]

    def test_a_version_never_changes(self, rig, tools):
        environments = rig.workspace.environments
        with pytest.raises(Conflict, match="1 of tools"):
            environments.create_or_update(Environment(name="tools", version="1", packages=("roman",)))
        assert environments.create_or_update(tools).version == "1"

    def test_what_is_archived_is_out_of_lists_and_can_still_be_named(self, rig, tools):
        environments = rig.workspace.environments
        environments.archive("tools")
        assert environments.list().items == ()
        assert environments.get("tools", "1").archived
        with pytest.raises(EnvironmentNotFound):
            environments.get("tools")
        assert [each.name for each in environments.list(archived=True).items] == ["tools"]
        environments.restore("tools", "1")
        assert not environments.get("tools").archived

    @pytest.mark.parametrize("name", ["", "a b", "../x", "x" * 256, "AzureML-mine", "-x"])
    def test_a_name_that_azure_would_not_take_is_refused(self, rig, name):
        with pytest.raises(UsageError):
            rig.workspace.environments.create_or_update(Environment(name=name, packages=("roman",)))

    def test_one_that_nobody_made_is_not_found(self, rig, tools):
        for name, version, hint in (("toolz", None, "tools"), ("tools", "9", "1")):
            with pytest.raises(EnvironmentNotFound) as error:
                rig.workspace.environments.get(name, version)
            assert hint in error.value.hint

    def test_those_of_azure_are_there_with_a_note(self, rig):
        listed = rig.workspace.environments.list(curated=True).items
        assert "AzureML-sklearn-1.5" in [each.name for each in listed]
        found = rig.workspace.environments.get("azureml-SKLEARN-1.5", "12")
        assert found.is_curated
        assert found.notes

    def test_another_python_and_what_only_conda_has_are_named(self, rig):
        conda = {"dependencies": ["python=3.1", "cudatoolkit=11.8", {"pip": ["roman"]}]}
        with pytest.raises(AzmlError) as error:
            rig.workspace.environments.create_or_update(Environment(name="gpu", image="x", conda_file=conda))
        assert "python=3.1" in error.value.message
        assert "cudatoolkit" in error.value.message

    def test_pages_hold_all_of_them_once(self, rig):
        environments = rig.workspace.environments
        for number in range(5):
            environments.create_or_update(Environment(name=f"e{number}", packages=("roman",)))
        found, token = [], None
        while True:
            page = environments.list(limit=2, continuation=token)
            found += [each.name for each in page.items]
            if (token := page.continuation) is None:
                break
        assert found == ["e4", "e3", "e2", "e1", "e0"]
