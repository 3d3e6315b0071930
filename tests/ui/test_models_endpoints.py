"""Models and endpoints in the page: a person registers, compares, deploys, asks, splits, watches and deletes."""

import json

import pytest
from playwright.sync_api import expect

from jupyter_azml.actions.deploy_model import deploy_model
from jupyter_azml.entities import (
    BatchDeployment,
    BatchEndpoint,
    CodeConfiguration,
    DataAsset,
    DataType,
    Model,
    ModelType,
    OnlineEndpoint,
)
from tests.ui.waiting import until

SCRIPT = """
import json

def init():
    print("ready to score")

def run(data):
    said = json.loads(data)
    if said.get("fail"):
        raise ValueError("asked to fail")
    return [sum(row) for row in said["input_data"]["data"]]
"""
COLUMNS = [{"type": "long", "name": "age", "required": True}, {"type": "double", "name": "income", "required": True}]
ML_MODEL = f"""flavors:
  python_function:
    loader_module: mlflow.sklearn
signature:
  inputs: '{json.dumps(COLUMNS)}'
  outputs: '[{{"type": "double", "required": true}}]'
"""
HOSTILE = "<img src=x onerror=window.hit=1> \u202eRTL \U0001f389 " + "x" * 3000


@pytest.fixture(scope="module")
def served(lab, tmp_path_factory):
    """Two versions of a model, one of them behind an endpoint; a model with hostile words; a batch endpoint."""
    base = tmp_path_factory.mktemp("served")
    workspace = lab.workspace
    for version in ("1", "2"):
        saved = base / version / "saved"
        saved.mkdir(parents=True)
        (saved / "MLmodel").write_text(ML_MODEL)
        (saved / "weights.txt").write_text(version)
        workspace.models.create_or_update(
            Model(name="churn", path=str(saved), type=ModelType.MLFLOW, tags={"team": "blue", "run": version})
        )
    workspace.models.set_alias("churn", "champion", "1")
    weights = base / "weights.bin"
    weights.write_bytes(b"1")
    workspace.models.create_or_update(
        Model(name="hostile-" + "m" * 100, path=str(weights), description=HOSTILE, tags={HOSTILE[:80]: HOSTILE})
    )
    code = base / "code"
    code.mkdir()
    (code / "score.py").write_text(SCRIPT)
    script = CodeConfiguration(code=str(code), scoring_script="score.py")
    deploy_model(workspace, "churn", name="blue", model="azureml:churn:1", code_configuration=script)
    # The page deploys with a script that the file browser knows.
    (lab.folder / "serve").mkdir()
    (lab.folder / "serve" / "score.py").write_text(SCRIPT)
    (lab.folder / "serve" / "broken.py").write_text("def init():\n    import no_such_module\ndef run(data): return 1\n")
    (base / "batch").mkdir()
    (base / "batch" / "1.txt").write_text("1")
    workspace.data.create(DataAsset(name="files", path=str(base / "batch"), type=DataType.URI_FOLDER))
    workspace.batch_endpoints.create_or_update(BatchEndpoint(name="nightly"))
    workspace.batch_endpoints.deployments.create_or_update(
        BatchDeployment(name="blue", endpoint_name="nightly", model="azureml:churn:1", code_configuration=script)
    )
    return workspace


def run(page, command, **arguments):
    page.evaluate("([id, args]) => void window.jupyterapp.commands.execute(id, args)", [command, arguments])


def thing(page):
    return page.locator(".azml-Thing:visible")


def tab(page, name):
    thing(page).locator(f"[data-tab={name}]").click()


def test_models_are_searched_compared_marked_and_kept_while_they_serve(next_lab, page, served, shot):
    next_lab()
    run(page, "azml:show-models")
    rows = page.locator(".azml-ListRow")
    expect(rows).to_have_count(2)
    page.get_by_role("searchbox", name="Search models").fill("team=blue")
    expect(rows).to_have_count(1)
    rows.first.click()
    expect(thing(page).locator("h2")).to_have_text("churn")
    expect(thing(page)).to_contain_text("income")
    tab(page, "files")
    expect(thing(page).locator("[data-file]")).to_have_count(2)
    tab(page, "versions")
    for version in "12":
        thing(page).get_by_label(f"Compare version {version}").check()
    thing(page).get_by_role("button", name="Compare", exact=True).click()
    compared = thing(page).get_by_role("row", name="Tag run")
    expect(compared).to_be_visible()
    shot("models-compared")
    page.get_by_role("tab", name="churn", exact=True).click()
    tab(page, "overview")
    thing(page).get_by_role("button", name="Set an alias…").click()
    page.get_by_label("Alias", exact=True).fill("candidate")
    page.keyboard.press("Enter")
    expect(thing(page).locator(".azml-Chip")).to_have_text(["@candidate"])
    # What a deployment uses is refused, by its name, and stays.
    run(page, "azml:delete-model", name="churn:1")
    page.locator(".jp-Dialog .jp-mod-warn").click()
    expect(page.locator(".Toastify__toast--error")).to_contain_text("churn/blue")
    assert served.models.get("churn", "1").version == "1"
    with page.expect_download() as download:
        thing(page).get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "churn-2.zip"


def test_an_endpoint_is_asked_split_watched_and_deleted(next_lab, page, served, shot):
    next_lab()
    run(page, "azml:show-endpoints")
    expect(page.locator(".azml-ListRow")).to_have_count(2)
    page.locator(".azml-ListRow[data-endpoint=churn]").click()
    tab(page, "test")
    body = thing(page).get_by_role("textbox", name="Request")
    expect(body).to_have_value("""{
  "input_data": {
    "columns": ["age", "income"],
    "data": [
      [0, 0.0]
    ]
  }
}""")
    body.fill('{"input_data": {"data": [[1, 2]]}}')
    body.press("Control+Enter")
    expect(thing(page).locator(".azml-Trial-answer")).to_contain_text("3")
    expect(thing(page).locator(".azml-Trial-facts")).to_contain_text("from blue")
    body.fill("{")
    expect(thing(page).locator(".azml-Trial-said")).to_contain_text("Not JSON")
    shot("endpoint-test")

    # A second deployment, which fails first, by what the file browser calls its script.
    run(page, "azml:deploy-model", name="hostile-" + "m" * 100, endpoint="churn")
    dialog = page.locator(".azml-FormDialog")
    dialog.get_by_label("Deployment").fill("green")
    dialog.get_by_role("button", name="Deploy", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("which script")
    dialog.get_by_label("Scoring script").fill("serve/nothing.py")
    dialog.get_by_role("button", name="Deploy", exact=True).click()
    expect(dialog.locator(".azml-Problem")).to_contain_text("nothing.py")
    dialog.get_by_label("Scoring script").fill("serve/broken.py")
    dialog.get_by_role("button", name="Deploy", exact=True).click()
    tab(page, "overview")
    green = thing(page).locator(".azml-Deployment[data-deployment=green]")
    expect(green).to_have_attribute("data-state", "Failed", timeout=60_000)
    expect(green).to_contain_text("no_such_module")
    shot("endpoint-failed")
    run(page, "azml:deploy-model", name="hostile-" + "m" * 100, endpoint="churn")
    dialog.get_by_label("Deployment").fill("green")
    dialog.get_by_label("Scoring script").fill("serve/score.py")
    dialog.get_by_role("button", name="Deploy", exact=True).click()
    expect(green).to_have_attribute("data-state", "Succeeded", timeout=60_000)

    tab(page, "traffic")
    green = thing(page).get_by_label("Share of green in per cent")
    expect(green).to_be_enabled()
    green.fill("30")
    expect(thing(page).get_by_label("Share of blue in per cent")).to_have_value("70")
    thing(page).get_by_role("button", name="Apply").click()
    expect(thing(page).get_by_role("button", name="Apply")).to_have_attribute("aria-disabled", "true")
    until(page, lambda: served.endpoints.get("churn").traffic == {"blue": 70, "green": 30})
    shot("endpoint-traffic")

    tab(page, "monitoring")
    expect(thing(page).get_by_role("row", name="All")).to_contain_text("100 %")
    thing(page).get_by_role("button", name="Latency as a table").click()
    expect(thing(page).locator("[data-figure=Latency] tbody tr")).not_to_have_count(0)
    shot("endpoint-monitoring")
    tab(page, "logs")
    expect(thing(page).get_by_role("log")).to_contain_text("ready to score")

    # Keys are asked for when somebody wants to see them, and not before.
    tab(page, "overview")
    key = served.endpoints.keys("churn").primary_key
    assert key not in page.content()
    thing(page).get_by_role("button", name="Show", exact=True).click()
    expect(thing(page).locator("code[data-key=primary]")).to_have_text(key)
    thing(page).get_by_role("button", name="Hide").click()
    assert key not in page.content()

    run(page, "azml:delete-endpoint", name="churn")
    page.locator(".jp-Dialog .jp-mod-warn").click()
    expect(page.locator(".azml-ListRow[data-endpoint=churn]")).to_have_count(0, timeout=60_000)
    expect(page.locator(".azml-Thing[data-endpoint=churn]")).to_have_count(0)


def test_an_alert_is_tried_made_seen_everywhere_and_deleted(next_lab, page, served, shot):
    served.endpoints.create_or_update(OnlineEndpoint(name="quiet"))
    next_lab()
    run(page, "azml:open-endpoint", name="quiet")
    tab(page, "alerts")
    thing(page).get_by_role("button", name="New alert…").click()
    dialog = page.locator(".azml-FormDialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("A name has")
    dialog.get_by_label("Name", exact=True).fill("silent")
    dialog.get_by_label("Watches").select_option("silence")
    dialog.get_by_label("Silent for (minutes)").fill("0.02")
    dialog.get_by_role("button", name="Would it fire now?").click()
    expect(dialog).to_contain_text("It would fire.")
    dialog.get_by_role("button", name="Save").click()
    rule = thing(page).locator(".azml-Alert[data-alert=silent]")
    expect(rule).to_have_attribute("data-state", "firing")
    expect(page.locator(".azml-StatusItem .azml-AlertCount")).to_have_text("1 alert")
    expect(page.locator(".Toastify__toast--error")).to_contain_text("quiet: the alert silent fires.")
    shot("alert-fires")
    rule.get_by_role("button", name="Delete the alert silent").click()
    page.locator(".jp-Dialog .jp-mod-warn").click()
    expect(rule).to_have_count(0)
    expect(page.locator(".azml-AlertCount:visible")).to_have_count(0)
    until(page, lambda: not served.monitoring.alerts("quiet").items)


def test_a_batch_endpoint_scores_a_data_asset(next_lab, page, served, shot):
    next_lab()
    run(page, "azml:open-batch-endpoint", name="nightly")
    thing(page).get_by_role("button", name="Score data…").click()
    dialog = page.locator(".azml-FormDialog")
    dialog.get_by_label("Data", exact=True).fill("azureml:nothing:1")
    dialog.get_by_role("button", name="Score", exact=True).click()
    expect(dialog.locator(".azml-Problem")).to_contain_text("nothing")
    dialog.get_by_label("Data", exact=True).fill("azureml:files:1")
    dialog.get_by_role("button", name="Score", exact=True).click()
    expect(thing(page).locator("[data-job-row]")).to_have_count(1)
    shot("batch-scored")


def test_hostile_words_are_text(open_lab, page, served, shot):
    open_lab(language="fr_FR", theme="JupyterLab Dark")
    run(page, "azml:open-model", name="hostile-" + "m" * 100)
    expect(thing(page)).to_contain_text("<img src=x")
    shot("model-hostile")
    assert page.evaluate("() => window.hit") is None
    assert page.evaluate("() => document.body.scrollWidth <= window.innerWidth")
