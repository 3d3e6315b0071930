"""Which names look secret: the table that people can argue about."""

import pytest

from jupyter_azml.entities.secrecy import HIDDEN, hidden_values, hide, looks_secret

SECRET = """
password Password PASSWORD passwd pwd passphrase db_password dbPassword password2 mysql-password PGPASSWORD user_pass
secret my_secret secretKey client_secret clientSecret SECRET_KEY secrets
token hf_token hfToken GITHUB_TOKEN auth_token access_token apiToken oauth2_token token_2 authtoken api_tokens
api_key apikey apiKey APIKey API_KEY openai_api_key OPENAI_KEY api_keys aws_secret_access_key access_key
account_key storage_key AZURE_STORAGE_KEY subscription_key private_key private_key_pem ssh_key encryption_key
sas sas_token sasToken blob_sas sas_url shared_access_signature
credential credentials aws_credentials creds connection_string connectionString conn_str connectionstring
bearer bearer_token jwt authorization github_pat mot_de_passe mdp jeton
"""

PLAIN = """
tokenizer tokenizer_name max_tokens n_tokens token_count tokens max_new_tokens num_token pad_token eos_token mask_token
stop_token token_limit tokenize tokens_per_second first_token special_tokens
keyword keywords key keys key_column primary_key public_key sort_key foreign_key keyboard monkey
passes pass n_passes first_pass compass bypass passenger passed passing
password_file password_length use_password has_token secret_name n_secrets api_key_name credentials_path
secretary sassy sasquatch path pat patience string connection strings data_path lr epochs x pwm author authors
"""


@pytest.mark.parametrize("name", SECRET.split())
def test_it_looks_secret(name):
    assert looks_secret(name)


@pytest.mark.parametrize("name", PLAIN.split())
def test_it_does_not(name):
    assert not looks_secret(name)


def test_values_are_hidden_at_any_depth_and_what_is_not_there_is_not():
    given = {
        "epochs": 3,
        "token": "abcd",
        "password": None,
        "config": {"db": [{"user": "ada", "password": "hunter2"}], "size": 1},
        "credentials": {"user": "bob", "key": ["x1", 7]},
        "plain": "told nobody",
        "by_number": {1: "one"},
    }
    assert hide(given, marked={"plain"}) == {
        "epochs": 3,
        "token": HIDDEN,
        "password": None,
        "config": {"db": [{"user": "ada", "password": HIDDEN}], "size": 1},
        "credentials": HIDDEN,
        "plain": HIDDEN,
        "by_number": {1: "one"},
    }
    assert hidden_values(given, marked={"plain"}) == ["abcd", "hunter2", "bob", "x1", 7, "told nobody"]
