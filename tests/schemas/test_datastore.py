"""The YAML of ``az ml datastore``."""

from pathlib import Path

import pytest

from jupyter_azml.entities import CredentialsType, DatastoreType
from jupyter_azml.errors import SpecInvalid
from jupyter_azml.schemas.datastore import read_datastore

FILE = Path("/home/ada/store.yml")
# The examples of the reference: learn.microsoft.com/azure/machine-learning/reference-yaml-datastore-blob and beside it.
EXAMPLES = {
    "key": """
$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json
name: blob_example
type: azure_blob
description: Datastore pointing to a blob container.
account_name: mytestblobstore
container_name: data-container
credentials:
  account_key: XXXxxxXXXxXXXXxxXXX
""",
    "sas": """
name: blob_sas_example
type: azure_blob
account_name: mytestblobstore
container_name: data-container
credentials:
  sas_token: "?xx=XXXX-XX-XX&xx=xxxx&xxx=xxx&xx=xxxxxxxxxxx"
""",
    "identity, older protocol": """
name: blob_protocol_example
type: azure_blob
account_name: mytestblobstore
protocol: wasbs
container_name: data-container
""",
    "service principal": """
name: adls_gen2_example
type: azure_data_lake_gen2
account_name: mytestdatalakegen2
filesystem: my-gen2-container
credentials:
  tenant_id: XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX
  client_id: XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX
  client_secret: XXXXxxxXXXxXXXXxxXXX
""",
    "share": """
name: file_example
type: azure_file
account_name: mytestfilestore
file_share_name: my-share
credentials:
  account_key: XXXxxxXXXxXXXXxxXXX
""",
}


def test_the_examples_of_the_reference_are_read():
    read = {name: read_datastore(text, FILE) for name, text in EXAMPLES.items()}
    facts = {name: (store.type, store.container_name, store.credentials) for name, (store, _secret) in read.items()}
    assert facts == {
        "key": (DatastoreType.AZURE_BLOB, "data-container", CredentialsType.ACCOUNT_KEY),
        "sas": (DatastoreType.AZURE_BLOB, "data-container", CredentialsType.SAS),
        "identity, older protocol": (DatastoreType.AZURE_BLOB, "data-container", CredentialsType.NONE),
        "service principal": (
            DatastoreType.AZURE_DATA_LAKE_GEN2,
            "my-gen2-container",
            CredentialsType.SERVICE_PRINCIPAL,
        ),
        "share": (DatastoreType.AZURE_FILE, "my-share", CredentialsType.ACCOUNT_KEY),
    }
    assert {store.protocol for store, _secret in read.values()} == {"https"}


def test_credentials_stand_apart():
    store, secret = read_datastore(EXAMPLES["key"], FILE)
    assert secret == {"account_key": "XXXxxxXXXxXXXXxxXXX"}
    assert "XXXxxxXXXxXXXXxxXXX" not in store.model_dump_json()


def test_a_local_path_begins_from_the_file():
    assert read_datastore("{type: local, name: raw, path: data/raw}", FILE)[0].path == "/home/ada/data/raw"


def test_a_whole_address_needs_no_account():
    text = "{type: azure_blob, name: raw, container_name: c, endpoint: 'http://127.0.0.1:10000/devstoreaccount1'}"
    assert read_datastore(text, FILE)[0].endpoint == "http://127.0.0.1:10000/devstoreaccount1"


def test_every_fault_is_told_at_once_and_no_credential():
    text = "{type: azure_blob, acount_name: x, credentials: {account_key: 5ecret, sas_token: 5ecret2}}"
    with pytest.raises(SpecInvalid) as error:
        read_datastore(text, FILE)
    for said in ("name: is missing", "account_name?", "container_name: is missing", "credentials: account_key"):
        assert said in error.value.message
    assert "5ecret" not in str(error.value)


def test_what_azure_has_retired_says_so():
    with pytest.raises(SpecInvalid, match="retired"):
        read_datastore("{type: azure_data_lake_gen1, name: old, store_name: x}", FILE)
