"""Environments as azure-ai-ml makes them: from an image, a conda file, a build context; and those that Azure keeps."""

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

ml_sdk = pytest.importorskip("azure.ai.ml")
from azure.ai.ml.entities import (  # noqa: E402
    BuildContext,
    Environment,
    Registry,
    RegistryRegionDetails,
)

from jupyter_azml.entities import Environment as Ours  # noqa: E402
from jupyter_azml.errors import EnvironmentNotFound  # noqa: E402

IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"
CONDA = """
name: model-env
channels:
  - conda-forge
dependencies:
  - python=3.8
  - numpy=1.21.2
  - pip=21.2.4
  - cudatoolkit
  - pip:
      - roman
"""


def test_an_image_a_conda_file_and_a_build_context(ml, azml, tmp_path):
    made = ml.environments.create_or_update(
        Environment(name="docker-image", image="pytorch/pytorch:latest", description="d")
    )
    assert (made.version, made.image, made.description) == ("1", "pytorch/pytorch:latest", "d")
    (tmp_path / "conda.yml").write_text(CONDA)
    made = ml.environments.create_or_update(
        Environment(name="with-conda", image=IMAGE, conda_file=str(tmp_path / "conda.yml"), tags={"a": "b"})
    )
    found = ml.environments.get("with-conda", version="1")
    assert found.conda_file["dependencies"][:2] == ["python=3.8", "numpy=1.21.2"], "as it was said"
    assert "python=3.8" in found.properties["azml.left_out"]
    assert azml.environments.get("with-conda").conda_file == found.conda_file
    context = tmp_path / "ctx"
    context.mkdir()
    (context / "Dockerfile").write_text("FROM python:3.11\nCOPY requirements.txt .\n")
    (context / "requirements.txt").write_text("roman\n")
    made = ml.environments.create_or_update(Environment(name="docker-context", build=BuildContext(path=str(context))))
    assert made.build.path.endswith("/ctx/")
    ours = azml.environments.get("docker-context")
    assert (ours.build.path, ours.build.dockerfile_path) == (made.build.path, "Dockerfile")


def test_the_same_again_is_the_same_version_and_another_content_the_next(ml):
    for image, version in (("a:1", "1"), ("a:1", "1"), ("a:2", "2"), ("a:2", "2")):
        assert ml.environments.create_or_update(Environment(name="counted-env", image=image)).version == version
    with pytest.raises(ResourceExistsError):
        ml.environments.create_or_update(Environment(name="counted-env", version="1", image="a:3"))
    assert [each.version for each in ml.environments.list("counted-env")] == ["2", "1"]
    assert ml.environments.get("counted-env", label="latest").image == "a:2"
    described = Environment(name="counted-env", version="1", image="a:1", description="said later", tags={"k": "v"})
    assert ml.environments.create_or_update(described).description == "said later"
    ml.environments.archive("counted-env", version="2")
    assert ml.environments.get("counted-env", label="latest").version == "1"
    ml.environments.archive("counted-env")
    assert "counted-env" not in [each.name for each in ml.environments.list()]
    ml.environments.restore("counted-env")
    assert "counted-env" in [each.name for each in ml.environments.list()]


def test_what_our_client_makes_the_sdk_reads_and_archives(ml, azml):
    made = azml.environments.create_or_update(
        Ours(name="our-packages", packages=("roman", "cowsay==6.1"), tags={"a": "b"})
    )
    assert (
        azml.environments.create_or_update(Ours(name="our-packages", packages=("cowsay==6.1", "roman"))).version == "1"
    )
    found = ml.environments.get("our-packages", version=made.version)
    assert found.conda_file["dependencies"][-1] == {"pip": ["roman", "cowsay==6.1"]}
    assert found.image
    ml.environments.archive("our-packages", version="1")
    assert azml.environments.get("our-packages", "1").archived
    assert azml.environments.get("our-packages", "1").packages == ("roman", "cowsay==6.1")


def test_a_build_context_of_our_client_is_the_sdks(ml, azml, tmp_path):
    from jupyter_azml.entities import BuildContext as OurContext

    (tmp_path / "Dockerfile").write_text("FROM x\n")
    ours = azml.environments.create_or_update(
        Ours(name="our-context", build=OurContext(path=str(tmp_path), dockerfile="FROM x\n"))
    )
    theirs = ml.environments.create_or_update(Environment(name="their-context", build=BuildContext(path=str(tmp_path))))
    assert ours.build.path == theirs.build.path


def test_those_that_azure_keeps_have_names_and_a_registry(ml, azml):
    names = [each.name for each in ml.environments.list()]
    assert "AzureML-sklearn-1.5" in names
    assert ml.environments.get("AzureML-sklearn-1.5", version="12").image.startswith("mcr.microsoft.com/")
    from azure.identity import DefaultAzureCredential

    registry = ml_sdk.MLClient(DefaultAzureCredential(), registry_name="azureml")
    assert "sklearn-1.5" in [each.name for each in registry.environments.list()]
    newest = registry.environments.get("sklearn-1.5", label="latest")
    assert registry.environments.get("sklearn-1.5", version=newest.version).image == newest.image
    with pytest.raises(ResourceNotFoundError):
        registry.environments.get("nothing-of-the-kind", version="1")
    for missing in (registry.models, registry.components, registry.data):
        with pytest.raises(ResourceNotFoundError):
            missing.get("gpt", version="1")
        assert list(missing.list()) == []
    ml.environments.create_or_update(Environment(name="to-share", version="1", image="x"))
    region = RegistryRegionDetails(location="westeurope", storage_config=["a"], acr_config=["b"])
    words = {"share_with_name": "shared", "share_with_version": "1"}
    for write in (
        lambda: ml.environments.share("to-share", "1", registry_name="azureml", **words),
        lambda: registry.environments.create_or_update(Environment(name="mine", version="1", image="x")),
    ):
        with pytest.raises(HttpResponseError, match="registry azureml is Azure's") as refused:
            write()
        assert (refused.value.status_code, refused.value.error.code) == (403, "AuthorizationFailed")
    assert list(ml.registries.list()) == []
    with pytest.raises(ResourceNotFoundError, match="no registry named firms"):
        ml.registries.get("firms")
    with pytest.raises(HttpResponseError, match="makes no registries"):
        ml.registries.begin_create(Registry(name="firms", location="westeurope", replication_locations=[region]))
    with pytest.raises(ResourceNotFoundError, match="no registry named firms"):
        ml.environments.share("to-share", "1", registry_name="firms", **words)
    assert ml.environments.get("to-share", version="1").image == "x", "the client still speaks to the workspace"
    assert "AzureML-sklearn-1.5" in [each.name for each in azml.environments.list(curated=True).items]
    assert "AzureML-sklearn-1.5" not in [each.name for each in azml.environments.list().items]


def test_what_is_not_there_or_azures_own_gets_the_services_error(ml, azml):
    with pytest.raises(ResourceNotFoundError):
        ml.environments.get("nobody", version="1")
    with pytest.raises(EnvironmentNotFound):
        azml.environments.get("nobody")
    for name in ("AzureML-mine", "a b"):
        with pytest.raises(HttpResponseError):
            ml.environments.create_or_update(Environment(name=name, version="1", image="x"))
    bad = {"dependencies": [{"pip": ["not a requirement !"]}]}
    made = ml.environments.create_or_update(Environment(name="bad-conda", version="1", image="x", conda_file=bad))
    assert made.properties["azml.left_out"] == "pip"
