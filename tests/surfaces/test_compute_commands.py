"""``azml compute`` takes the words of ``az ml compute``."""

import json

import pytest

from jupyter_azml.cli.main import run_line

AKS = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks"


@pytest.fixture(autouse=True)
def no_agent(monkeypatch):
    monkeypatch.setattr("jupyter_azml.local.computes.ensure_agent", lambda paths: None)


@pytest.fixture
def azml(capsys):
    def run(line: str, code: int = 0) -> str:
        assert run_line(line.split()) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.err

    return run


def data(azml, line):
    return json.loads(azml(f"{line} -o json"))


@pytest.mark.parametrize(
    "line",
    [
        "compute create cpu --type amlcompute --max-instances 3 --idle-time-before-scale-down 60 --tags a=1 b=2",
        "compute create -n cpu -t AmlCompute --max-instances 3 --idle-time-before-scale-down 60 --tags a=1 --tags b=2",
        "compute create -t amlcompute --tags a=1 b=2 --set max_instances=3 idle_time_before_scale_down=60 -n cpu",
    ],
)
def test_a_cluster_is_made_in_the_words_of_az(azml, line):
    made = data(azml, line)
    assert (made["name"], made["type"], made["size"]) == ("cpu", "amlcompute", "Standard_DS3_v2")
    assert (made["max_nodes"], made["idle_seconds_before_scale_down"]) == (3, 60)
    assert made["tags"] == {"a": "1", "b": "2"}


def test_what_is_typed_goes_before_what_is_in_the_file(azml, tmp_path):
    file = tmp_path / "cpu.yml"
    file.write_text("name: cpu\ntype: amlcompute\nmax_instances: 2\ndescription: from the file\ntags: {a: x, c: y}\n")
    made = data(azml, f"compute create -f {file} -n other --set max_instances=3 --max-instances 4 --tags a=1")
    assert (made["name"], made["max_nodes"], made["description"]) == ("other", 4, "from the file")
    assert made["tags"] == {"a": "1", "c": "y"}


def test_an_update_changes_what_it_names_and_nothing_else(azml):
    azml("compute create cpu -t amlcompute --max-instances 2 --tags a=1 --enable-node-public-ip false")
    changed = data(azml, "compute update CPU --min-instances 1 --tags b=2 --description hello")
    assert (changed["name"], changed["min_nodes"], changed["max_nodes"]) == ("cpu", 1, 2)
    assert (changed["tags"], changed["description"]) == ({"a": "1", "b": "2"}, "hello")
    assert [note["values"].get("key") for note in changed["notes"]] == [None, "enable_node_public_ip"]


def test_flags_that_only_a_virtual_machine_could_honour_are_noted_and_kept_nowhere(azml, azml_home):
    shown = azml(
        "compute create cpu -t amlcompute --admin-username u --admin-password hunter2 --vnet-name v --location westus"
    )
    assert "ssh_settings: nothing on this machine does it" in shown
    assert "network_settings: nothing on this machine does it" in shown
    assert not [file for file in azml_home.rglob("*") if file.is_file() and b"hunter2" in file.read_bytes()]


def test_an_instance_that_nobody_starts_is_not_waited_for_with_no_wait(azml):
    assert data(azml, "compute create ci1 -t computeinstance --no-wait")["state"] == "Starting"
    assert data(azml, "compute stop ci1 --no-wait")["state"] == "Stopped"
    assert data(azml, "compute start ci1 --no-wait")["state"] == "Starting"
    assert data(azml, "compute restart ci1 --no-wait")["state"] == "Starting"


def test_a_target_is_attached_and_detached(azml):
    assert data(azml, f"compute attach aks -t kubernetes --resource-id {AKS}")["resource_id"] == AKS
    assert [each["name"] for each in data(azml, "compute list -t kubernetes")] == ["aks"]
    azml("compute detach aks")
    assert data(azml, "compute list -t kubernetes") == []


def test_what_belongs_to_the_workspace_is_deleted_not_detached(azml):
    azml("compute create cpu -t amlcompute")
    assert "azml compute delete cpu" in azml("compute detach cpu", code=2)
    azml("compute delete cpu")
    azml("compute show cpu", code=22)


def test_lists_are_tables_for_people_and_data_for_programs(azml):
    azml("compute create cpu -t amlcompute")
    assert "Standard_DS3_v2" in azml("compute list")
    assert "NVIDIA T4" in azml("compute list-sizes")
    assert "Standard DSv2 Family Cluster Dedicated vCPUs" in azml("compute list-usage")
    assert azml("compute list-nodes cpu -o json").strip() == "[]"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("compute create", 2, "name"),
        ("compute create cpu", 2, "--type"),
        ("compute create cpu -t amlcompute --max-instances 1000", 63, "--max-instances 25"),
        ("compute create cpu -t amlcompute --size Standard_DS33_v2", 2, "Standard_DS3_v2"),
        ("compute create cpu -t amlcompute --set max_instance=2", 35, "max_instances"),
        ("compute create cpu -t amlcompute --tier cheap", 35, "low_priority"),
        ("compute create cpu -t amlcompute --tags novalue", 2, "novalue"),
        ("compute create -f nowhere.yml", 2, "nowhere.yml"),
        ("compute create local -t amlcompute", 2, "local"),
        ("compute delete local", 2, "local"),
        ("compute stop local", 2, "local"),
        ("compute show nope", 22, "nope"),
        ("compute attach aks -t kubernetes --resource-id x", 2, "managedClusters"),
    ],
)
def test_what_cannot_be_is_said_with_what_can(azml, line, code, said):
    assert said in azml(line, code=code)
