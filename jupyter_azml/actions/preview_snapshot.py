"""What would travel with a job, before it is submitted."""

from pathlib import Path

from ..entities import File, Snapshot
from ..errors import UsageError
from ..execution.git import git_facts
from ..execution.snapshot import list_with_rules
from ..language import _
from ..schemas import parse_yaml, read_job


def preview_snapshot(path: Path) -> Snapshot:
    """Of a notebook, of a job's YAML file or of a folder. Raises UsageError, SpecInvalid, SnapshotTooLarge,
    SnapshotUnreadable.
    """
    path = path.expanduser().absolute()
    folder, always = _folder_of(path)
    files, behind, obeyed = list_with_rules(folder, always)
    return Snapshot(
        folder=str(folder),
        files=tuple(File(path=file.name, is_folder=False, size=file.size) for file in files),
        size=sum(file.size for file in files),
        ignored=tuple(behind),
        ignored_by=", ".join(str(file) for file in obeyed),
        git=git_facts(folder),
    )


def _folder_of(path: Path) -> tuple[Path, str]:
    if path.is_dir():
        return path, ""
    if not path.is_file():
        raise UsageError(_("There is no file {path}.", path=path), _("Give a notebook, a job's YAML file or a folder."))
    if path.suffix.lower() not in (".yml", ".yaml"):
        return path.parent, path.name
    spec = read_job(parse_yaml(path.read_text("utf-8"), path), path)
    if not spec.code:
        raise UsageError(
            _("The job in {path} has no code that could travel.", path=path),
            _("Name its folder with the key: code."),
        )
    return Path(spec.code), getattr(spec, "notebook", "")
