"""A file or a folder on its way to the browser: a folder as one zip file, and never in memory."""

import os
import zipfile
from pathlib import Path
from urllib.parse import quote

CHUNK = 1 << 20


def packed(place: Path, name: str) -> tuple[Path, str]:
    """The file to send, and what it is to be called. A folder is zipped beside itself."""
    if place.is_file():
        return place, place.name
    target = place.with_name(f".{place.name}.zip")
    # What models consist of is compressed already, or does not get much smaller.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for folder, _folders, files in os.walk(place):
            for file in sorted(files):
                path = Path(folder) / file
                archive.write(path, path.relative_to(place.parent))
    return target, f"{name}.zip"


def disposition(name: str) -> str:
    """A name for the file that no header can be broken with: RFC 6266."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
