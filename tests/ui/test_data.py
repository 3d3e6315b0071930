"""Data in the sidebar: a person browses, looks, measures, drags and uploads."""

import pytest
from playwright.sync_api import expect

from jupyter_azml.entities import DataAsset, DataType

KERNEL_READY = """() => {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    return context?.isReady && context.session?.kernel?.status === 'idle';
}"""
SPECIES = ("setosa", "versicolor", "virginica")
TABLE = "species,length,when,note\n" + "".join(
    f"{SPECIES[n % 3]},{n % 17 / 4},2024-01-{n % 28 + 1:02},{'' if n % 5 else 'ok'}\n" for n in range(700)
)


@pytest.fixture(scope="module")
def stored(lab, tmp_path_factory):
    """A folder of 230 files and a table, in the workspace's datastore; an asset of two versions."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "many").mkdir()
    for number in range(230):
        (folder / "many" / f"part-{number:03}.txt").write_text(f"line {number}")
    (folder / "flowers.csv").write_text(TABLE)
    (folder / ("a very long name of a file " * 4 + ".txt")).write_text("hello")
    workspace = lab.workspace
    workspace.datastores.upload("workspaceblobstore", folder, "raw")
    for _version in range(2):
        path = "azureml://datastores/workspaceblobstore/paths/raw/flowers.csv"
        workspace.data.create(DataAsset(name="flowers", path=path, type=DataType.URI_FILE))
    return folder


def show_data(page):
    page.evaluate("() => window.jupyterapp.commands.execute('azml:show-data')")
    expect(page.locator(".azml-Tree")).to_be_visible()


def row(page, name):
    return page.locator(".azml-TreeRow", has=page.get_by_text(name, exact=True))


def open_folder(page, *names):
    for name in names:
        expect(row(page, name)).to_be_visible()
        if row(page, name).get_attribute("aria-expanded") == "false":
            row(page, name).click()
        expect(row(page, name)).to_have_attribute("aria-expanded", "true")


def test_a_folder_dragged_into_a_cell_becomes_code_that_runs(open_lab, page, lab, stored, write_notebook, shot):
    write_notebook("", name="drag.ipynb")
    open_lab("drag.ipynb")
    page.wait_for_function(KERNEL_READY)
    show_data(page)
    open_folder(page, "workspaceblobstore", "raw")
    expect(row(page, "flowers.csv")).to_be_visible()
    shot("data-tree")
    cell = page.locator(".jp-NotebookPanel:visible .jp-CodeCell .cm-content").first
    row(page, "many").drag_to(cell)
    expect(cell).to_contain_text(
        'many = jupyter_azml.data("azureml://datastores/workspaceblobstore/paths/raw/many/").path()'
    )
    page.keyboard.press("Escape")
    cell.click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Enter")
    output = page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output").first
    expect(output).to_contain_text("datastores/workspaceblobstore/raw/many")
    # Beside an editor it becomes a cell of its own.
    row(page, "flowers.csv").drag_to(page.locator(".jp-NotebookPanel:visible .jp-Notebook-footer"))
    second = page.locator(".jp-NotebookPanel:visible .jp-CodeCell", has_text="flowers = jupyter_azml.data").last
    expect(second).to_contain_text(".to_pandas()")
    second.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(second.locator(".jp-OutputArea-output")).to_contain_text("setosa")
    shot("data-dragged")


def test_a_table_is_looked_into_and_measured(next_lab, page, lab, stored, shot):
    next_lab()
    show_data(page)
    row(page, "flowers").locator(".azml-TreeRow-label").click()
    expect(page.locator(".azml-TreeRow[data-kind=version]")).to_have_count(2)
    page.locator(".azml-TreeRow[data-kind=version]").first.click()
    look = page.locator(".azml-Preview")
    expect(look.locator("h2")).to_have_text("flowers.csv")
    expect(look.locator(".azml-Preview-title p")).to_contain_text("700 rows · 4 columns")
    expect(look.locator(".azml-Grid tbody td").first).to_have_text("setosa")
    shot("data-rows")
    look.get_by_role("tab", name="Profile").click()
    length = look.locator(".azml-Column", has=page.get_by_text("length", exact=True))
    expect(length.locator(".azml-Histogram-bars > div")).to_have_count(20)
    expect(look.locator(".azml-Column", has=page.get_by_text("species", exact=True))).to_contain_text("versicolor")
    shot("data-profile")


def test_files_are_uploaded_by_dropping_them_on_a_folder(next_lab, page, lab, stored):
    next_lab()
    show_data(page)
    open_folder(page, "workspaceblobstore", "raw")
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(['a,b\\n1,2\\n'], 'dropped.csv'));
            return transfer;
        }"""
    )
    for kind in ("dragover", "drop"):
        row(page, "raw").dispatch_event(kind, {"dataTransfer": transfer})
    expect(row(page, "dropped.csv")).to_be_visible()
    with lab.workspace.datastores.open("workspaceblobstore", "raw/dropped.csv") as opened:
        assert opened.read() == b"a,b\n1,2\n"


def test_a_long_folder_is_read_page_by_page_and_walked_by_keyboard(next_lab, page, lab, stored):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/files?" in request.url else None)
    next_lab()
    show_data(page)
    open_folder(page, "workspaceblobstore", "raw", "many")
    expect(row(page, "part-000.txt")).to_be_visible()
    before = len(asked)
    tree = page.locator(".azml-Tree")
    last = row(page, "part-229.txt")
    for _attempt in range(100):
        tree.press("End")  # which takes the focus again, should the launcher have just opened
        if last.count():
            break
        page.wait_for_timeout(100)
    expect(last).to_be_visible()
    assert len(asked) - before == 2
    assert page.locator(".azml-TreeRow").count() < 100


def test_it_speaks_french_in_the_dark(open_lab, page, stored, shot):
    open_lab(language="fr_FR", theme="JupyterLab Dark")
    show_data(page)
    open_folder(page, "workspaceblobstore", "raw")
    row(page, "flowers.csv").click()
    look = page.locator(".azml-Preview")
    expect(look.get_by_role("button", name="Insérer le code")).to_be_visible()
    shot("data-french")
    look.get_by_role("tab", name="Profil").click()
    expect(look.locator(".azml-Column").first).to_be_visible()
    shot("data-french-profile")
