"""Answers on a terminal that are neither a job nor a list."""

from textwrap import shorten

from rich.markup import escape
from rich.table import Table

from ..actions.change_jobs import JobsChanged
from ..actions.download_job import Download
from ..entities import Account, Connection, NotebookParameters, Page, Secret, Snapshot, WorkspaceInfo
from ..entities.cost import JobCost
from ..language import _, plural
from .text import console, facts_table, print_text, readable_size

_LARGEST = 10
_CHANGED = {"cancel": "Asked to stop", "archive": "Archived", "restore": "Restored", "delete": "Removed"}


@print_text.register
def _snapshot(snapshot: Snapshot) -> None:
    out = console()
    size = readable_size(snapshot.size)
    count = plural("{count} file", "{count} files", len(snapshot.files))
    out.print(escape(_("{files}, {size}, from {folder}", files=count, size=size, folder=snapshot.folder)))
    facts = {_("Left out by"): snapshot.ignored_by, "git": _git_line(snapshot.git)}
    if any(facts.values()):
        out.print(facts_table(facts))
    largest = sorted(snapshot.files, key=lambda file: (-file.size, file.path))
    for file in largest[:_LARGEST]:
        out.print(f"{readable_size(file.size):>10}  {escape(file.path)}")
    if len(largest) > _LARGEST:
        out.print(_("and {count} smaller ones; all of them: -o json", count=len(largest) - _LARGEST))


@print_text.register
def _download(download: Download) -> None:
    size = readable_size(download.size)
    count = plural("{count} file", "{count} files", download.files)
    console().print(escape(_("{files}, {size}, in {folder}", files=count, size=size, folder=download.folder)))
    notes = console(stderr=True)
    if download.skipped:
        notes.print(plural("{count} file was there already.", "{count} files were there already.", download.skipped))
    if download.left:
        notes.print(_("Kept elsewhere, and not brought: {names}", names=", ".join(download.left)))


@print_text.register
def _parameters(found: NotebookParameters) -> None:
    if not found.parameters:
        said = (
            _("Nothing in it is recognised as a parameter.") if found.has_cell else _('No cell is tagged "parameters".')
        )
        console(stderr=True).print(f"{escape(found.notebook)}: {said}", soft_wrap=True)
        return
    headers = (_("Parameter"), _("Type"), _("Default"), _("Help"))
    table = Table(*headers, box=None, pad_edge=False, header_style="bold")
    for each in found.parameters:
        table.add_row(escape(each.name), each.type or "-", escape(shorten(each.default, 60)), escape(each.help))
    console().print(table)


@print_text.register
def _jobs_changed(changed: JobsChanged) -> None:
    if changed.done:
        console().print(f"{_(_CHANGED[changed.change])}: {', '.join(changed.done)}")
    elif not changed.failed:
        console(stderr=True).print(_("No job is meant."))
    for refused in changed.failed:
        console(stderr=True).print(escape(f"{refused.name}: {refused.message}"))


@print_text.register
def _workspace(info: WorkspaceInfo) -> None:
    out = console()
    out.print(
        escape(_("Workspace {name} ({kind}) at {location}", name=info.name, kind=info.kind, location=info.location))
    )
    facts = {
        _("Description"): info.description,
        _("Tags"): _pairs(info.tags),
        _("Storage"): info.storage_account,
        _("Key vault"): info.key_vault,
        _("Registry"): info.container_registry,
        _("Insights"): info.application_insights,
    }
    if any(facts.values()):
        out.print(facts_table(facts))


@print_text.register
def _account(account: Account) -> None:
    facts = {
        _("Signed in as"): account.name,
        _("By"): account.credential,
        _("Tenant"): account.tenant,
        _("Token until"): account.expires.astimezone().strftime("%H:%M") if account.expires else "",
    }
    console().print(facts_table(facts))


@print_text.register
def _cost(cost: JobCost) -> None:
    machine = f"{cost.nodes} × {cost.size}" if cost.size else _("this machine")
    facts = {
        _("Machines"): f"{machine} {cost.tier}".rstrip(),
        _("Cores"): str(cost.cores or ""),
        _("GPUs"): str(cost.gpus or ""),
        _("Hours"): f"{cost.hours:.2f}",
        _("Node hours"): f"{cost.node_hours:.2f}",
        _("Core hours"): f"{cost.core_hours:.2f}" if cost.cores else "",
    }
    console().print(facts_table(facts))


@print_text.register
def _connection(connection: Connection) -> None:
    out = console()
    out.print(f"[bold]{escape(connection.name)}[/]  {escape(connection.type)}")
    facts = {
        _("Target"): connection.target,
        _("Credentials"): ", ".join(connection.credentials),
        _("Tags"): _pairs(connection.tags),
    }
    if any(facts.values()):
        out.print(facts_table(facts))


@print_text.register
def _secret(secret: Secret) -> None:
    print_text(Page[Secret](items=(secret,)))


def _git_line(git: dict[str, str]) -> str:
    if not git:
        return ""
    dirty = _("with changes that are not committed") if git.get("dirty") == "true" else ""
    commit = git.get("commit", "")[:12]
    return "  ".join(part for part in (git.get("branch"), commit, git.get("repository"), dirty) if part)


def _pairs(tags: dict[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in tags.items())
