"""Names of files that any store takes.

Source: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
"""

from ..errors import UsageError
from ..language import _

LONGEST = 1024
"""Characters of a whole path: the service's limit."""


def clean_path(path: str) -> str:
    """Without slashes at its ends, for reading. Raises FileNotFoundError for what can lead to no file of a store."""
    parts = [part for part in path.split("/") if part]
    if ".." in parts or "." in parts or "\0" in path:
        raise FileNotFoundError(path)
    return "/".join(parts)


def check_new_path(path: str) -> str:
    """The same for what is to be written. Raises UsageError for a name that some store would take for another one."""
    parts = path.strip("/").split("/")
    fault = ""
    if not path.strip("/"):
        fault = _("it is empty")
    elif len(path) > LONGEST:
        fault = _("it has {count} characters, and {most} are the most", count=len(path), most=LONGEST)
    elif any(part in (".", "..", "") for part in parts):
        fault = _("it has a part that is empty, . or ..")
    elif "\\" in path:
        fault = _("it has a backslash, which Azure reads as /")
    elif any(part.endswith((".", " ")) for part in parts):
        fault = _("a part of it ends with a dot or a space, which Azure takes away")
    elif any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or 0xD800 <= ord(sign) < 0xE000 for sign in path):
        fault = _("it has control characters")
    if fault:
        raise UsageError(
            _(
                "{path} cannot be a file's name: {fault}.",
                path=path[:200].encode("ascii", "backslashreplace").decode(),
                fault=fault,
            ),
            _("Rename the file, or choose another path in the datastore."),
        )
    return "/".join(parts)
