"""The frame of the sidebar: workspaces, computes, environments, many jobs, links, a server that is away."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from jupyter_azml.entities import JobStatus
from jupyter_azml.local.records import insert_job
from tests.fakes.workspace import make_job
from tests.ui.waiting import until

HOSTILE = "<img src=x onerror=document.title='taken'> שלום 🙂 " + "x" * 300


@pytest.fixture(scope="module")
def jobs(lab):
    """Thirty that have ended, of two experiments."""
    now = datetime.now(UTC)
    with lab.workspace.jobs._db.write() as connection:
        for number in reversed(range(30)):
            status = JobStatus.FAILED if number % 3 else JobStatus.COMPLETED
            names = {"experiment": ("digits", "churn")[number % 2], "display_name": f"{HOSTILE}{number}"}
            created = now - timedelta(minutes=number)
            insert_job(connection, make_job(f"old{number}", status, created=created, tags={"team": "blue"}, **names))
    return lab.workspace.jobs


def show(page, section):
    page.evaluate(f"() => window.jupyterapp.commands.execute('azml:show-{section}')")
    expect(page.locator(f".azml-Section[data-tab={section}][aria-selected=true]")).to_be_visible()


def accept(page):
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def test_computes_and_environments_are_made_changed_and_put_away(open_lab, page, lab):
    open_lab()
    show(page, "jobs")
    for tab in ("jobs", "data"):
        page.locator(f".azml-Section[data-tab={tab}]").press("ArrowRight")
    expect(page.get_by_role("tab", name="Computes")).to_be_focused()
    expect(page.locator(".azml-Row")).to_have_count(1)
    page.get_by_role("button", name="New compute").press("Enter")
    form = page.locator(".jp-Dialog .azml-Form")
    expect(form.get_by_label("Name")).to_be_focused()
    page.keyboard.type("9-<b>")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("A name has 3 to 32 letters")
    page.keyboard.press("Control+A")
    page.keyboard.type("cpu")
    expect(form.locator(".azml-Command code")).to_contain_text("%azml compute create cpu -t amlcompute")
    page.keyboard.press("Enter")
    row = page.locator(".azml-Row[data-row=cpu]")
    expect(row).to_contain_text("no nodes; up to 2")
    row.get_by_role("button", name="0 to 2").press("Enter")
    row.get_by_label("Most nodes").fill("3")
    page.keyboard.press("Enter")
    expect(row.get_by_role("button", name="0 to 3")).to_be_visible()
    # What is shown at once the server is told a moment later.
    until(page, lambda: lab.workspace.computes.get("cpu").max_nodes == 3)
    row.get_by_role("button", name="Delete…").press("Enter")
    expect(page.locator(".jp-Dialog")).to_be_visible()
    page.keyboard.press("Enter")  # what was opened by a slip is not done by another one
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(row).to_be_visible()
    row.get_by_role("button", name="Delete…").click()
    accept(page)
    expect(row).to_have_count(0)

    show(page, "environments")
    expect(page.locator(".azml-Empty + .azml-Command")).to_contain_text("%azml environment capture")
    page.get_by_role("button", name="New environment").click()
    form = page.locator(".jp-Dialog .azml-Form")
    form.get_by_label("Name").fill("tools")
    form.get_by_label("Packages", exact=True).last.fill("not a requirement!")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(form.get_by_role("alert")).to_be_visible()  # and what was typed is still there
    form.get_by_label("Packages", exact=True).last.fill("packaging\npyyaml")
    accept(page)
    row = page.locator(".azml-Row[data-row=tools]")
    expect(row).to_contain_text("packaging")
    build = row.get_by_role("button", name="Build", exact=True)
    if build.is_visible():
        build.click()
        expect(row.locator(".azml-Row-head")).to_contain_text(re.compile("^tools(built|ready)"))
        expect(row.get_by_text("packages installed")).to_be_visible()
    row.get_by_role("button", name="Archive").click()
    accept(page)
    expect(row).to_have_count(0)
    page.get_by_label("Which environments").select_option("curated")
    expect(page.locator(".azml-Row").first).to_contain_text("AzureML-")


def test_many_jobs_are_found_grouped_marked_and_changed_at_once(next_lab, page, jobs):
    next_lab()
    show(page, "jobs")
    rows = page.locator(".azml-JobRow")
    expect(rows.first).to_be_visible()
    assert page.title() != "taken"
    page.get_by_role("searchbox", name="Filter jobs").fill("xxx29")
    expect(rows).to_have_count(1)
    expect(page.get_by_text("1 job matches")).to_be_visible()
    page.get_by_role("searchbox", name="Filter jobs").fill("")
    page.get_by_role("button", name="More filters").click()
    page.get_by_label("Status").select_option("Completed")
    page.get_by_label("Tag, or tag=value").fill("team=blue")
    expect(page.get_by_text("10 jobs match")).to_be_visible()
    page.get_by_role("button", name="Group by experiment").click()
    expect(page.get_by_role("treeitem", name="digits 5")).to_be_visible()
    page.get_by_role("treeitem", name="churn 5").click()
    expect(rows).to_have_count(5)
    page.get_by_role("tree").press("Home")
    page.keyboard.press("ArrowLeft")
    expect(rows).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Group by experiment").click()
    rows.nth(0).locator("[data-mark]").click()
    rows.nth(2).click(modifiers=["Shift"])
    bulk = page.get_by_role("toolbar", name="Marked jobs")
    expect(bulk).to_contain_text("3 jobs marked")
    bulk.get_by_role("button", name="Archive").click()
    expect(page.locator("[data-job=old0]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-job=old0]")).to_be_visible()
    rows.nth(0).click(modifiers=["Control"])
    bulk.get_by_role("button", name="Delete…").click()
    accept(page)
    expect(page.locator("[data-job=old0]")).to_have_count(0)
    until(page, lambda: "old0" not in [job.name for job in jobs.list(limit=1000).items])


def test_another_workspace_is_followed_by_every_page_and_a_server_that_is_away_is_found_again(
    next_lab, page, lab, jobs
):
    next_lab()
    show(page, "jobs")
    expect(page.locator(".azml-JobRow").first).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{lab.url}/lab?token={lab.token}")
    other.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
    show(other, "jobs")
    expect(other.locator(".azml-JobRow").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Workspace shell")).click()
    page.get_by_role("menuitem", name="New local workspace…").click()
    page.locator(".jp-Dialog .azml-Form").get_by_label("Name").fill("trials")
    accept(page)
    for each in (page, other):
        expect(each.get_by_role("button", name=re.compile("^Workspace trials"))).to_be_visible()
        expect(each.locator(".azml-Empty")).to_contain_text("No jobs yet")
    expect(page.locator(".azml-Empty + .azml-Command")).to_contain_text("%azml run")
    other.close()
    page.get_by_role("button", name=re.compile("^Workspace trials")).click()
    page.get_by_role("menuitem", name="shell", exact=True).click()
    row = page.locator(".azml-JobRow").first
    expect(row).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh", exact=True).click()
    expect(page.locator(".azml-Banner")).to_contain_text("cannot be reached")
    expect(row).to_be_visible()  # what is known stays
    page.context.set_offline(False)
    expect(page.locator(".azml-Banner")).to_have_count(0)


def attach(route, answers):
    """What is attached is refused first, since nobody is signed in."""
    if route.request.method != "POST":
        route.fallback()
        return
    status, answer = answers.pop()
    route.fulfill(status=status, json=answer)


def test_a_code_to_sign_in_is_shown_and_a_link_and_a_reload_open_what_they_name(open_lab, page, lab):
    told = {"state": "waiting", "user_code": "F7KQ2XW9L", "verification_uri": "https://microsoft.com/devicelogin"}
    told |= {"expires": None, "account": None, "error": None}
    page.route(re.compile("/azml/api/sign-in"), lambda route: route.fulfill(json=told))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    refusal = {"code": "NotSignedIn", "message": "Nobody is signed in.", "hint": "Sign in."}
    info = {"name": "cloud", "kind": "azure", "location": "s/g", "capabilities": []}
    answers = [(200, info), (401, refusal)]
    page.route(re.compile(r"/azml/api/workspace(\?|$)"), lambda route: attach(route, answers))
    open_lab()
    page.evaluate("() => void window.jupyterapp.commands.execute('azml:attach-workspace')")
    form = page.locator(".jp-Dialog .azml-Form")
    form.get_by_label("An Azure workspace").check()
    for label in ("Subscription ID", "Resource group", "Workspace name"):
        form.get_by_label(label).fill("x")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    dialog = page.locator(".azml-SignIn")
    expect(dialog.get_by_role("link")).to_have_attribute("href", "https://microsoft.com/devicelogin")
    dialog.get_by_role("button", name="Copy").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == "F7KQ2XW9L"
    told |= {"state": "done", "user_code": "", "account": {"name": "ada", "credential": "azml login", "tenant": "t"}}
    expect(page.locator(".jp-Dialog")).to_contain_text("Signed in as ada, by azml login.")
    accept(page)
    expect(page.locator(".Toastify")).to_contain_text("The workspace is now cloud.")
    page.goto(f"{lab.url}/lab?token={lab.token}&reset&azml=computes")
    expect(page.get_by_role("tab", name="Computes")).to_be_visible()
    expect(page).not_to_have_url(re.compile("azml="))
    page.wait_for_function("() => window.jupyterapp.restored.then(() => true)")
    show(page, "environments")
    until(page, lambda: "environments" in lab.kept("jupyter-azml:section") and "jp-azml-sidebar" in lab.kept())
    page.reload()
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
    expect(page.locator(".azml-Section[data-tab=environments][aria-selected=true]")).to_be_visible()
