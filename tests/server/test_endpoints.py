"""Online endpoints over REST, as far as no model has to be served for it."""

import json

import pytest
from tornado.httpclient import HTTPClientError


async def test_an_endpoint_is_made_changed_and_asked_over_rest(jp_fetch):
    async def ask(method, *path, body=None, **params):
        text = body if isinstance(body, str) else json.dumps(body) if body is not None else None
        answer = await jp_fetch("azml", "api", *path, method=method, body=text, params=params)
        return json.loads(answer.body) if answer.body else None

    made = await ask("POST", "endpoints", body={"name": "churn", "tags": {"team": "blue"}})
    assert made["scoring_uri"].endswith("/endpoints/churn/score")
    changed = await ask("PATCH", "endpoints", "churn", body={"description": "who leaves"})
    assert (changed["description"], changed["tags"]) == ("who leaves", {"team": "blue"})
    assert [each["name"] for each in (await ask("GET", "endpoints"))["items"]] == ["churn"]
    assert (await ask("GET", "endpoints", "churn", "deployments"))["items"] == []
    keys = await ask("GET", "endpoints", "churn", "credentials")
    again = await ask("POST", "endpoints", "churn", "credentials", body={"key": "primary"})
    assert again["primary_key"] != keys["primary_key"]
    assert again["secondary_key"] == keys["secondary_key"]
    # What is meant as a new one takes the traffic from no other.
    with pytest.raises(HTTPClientError) as error:
        await ask("POST", "endpoints", body={"name": "CHURN"})
    assert error.value.code == 409
    assert (await ask("GET", "endpoints", "churn"))["description"] == "who leaves"
    for call, status in (
        (("POST", "endpoints", "churn", "score"), 404),  # it answers, and says that nothing is behind it
        (("PATCH", "endpoints", "churn"), 400),
        (("GET", "endpoints", "churn", "deployments", "blue"), 404),
        (("GET", "endpoints", "gone"), 404),
        (("PATCH", "endpoints", "churn", "deployments", "blue"), 404),
        (("POST", "endpoints", "churn", "deployments"), 400),
    ):
        body = {"PATCH": {"instance_count": 2} if "blue" in call else {"traffic": {"blue": 1}}, "POST": {"wait": False}}
        body = body.get(call[0])
        with pytest.raises(HTTPClientError) as error:
            await ask(*call, body=body)
        assert error.value.code == status, call
        assert json.loads(error.value.response.body)["hint"], call
