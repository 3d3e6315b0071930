"""What a file is, by its name and its first bytes."""

from ..entities import PreviewKind
from .encodings import encoding_of

PARQUET = "Parquet"
_PACKED = (".gz", ".bz2", ".xz")
_BY_NAME = {
    ".csv": "CSV",
    ".tsv": "TSV",
    ".tab": "TSV",
    ".psv": "CSV",
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".json": "JSON",
    ".jsonl": "JSON lines",
    ".ndjson": "JSON lines",
    ".ipynb": "Jupyter notebook",
}
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
TABLES = ("CSV", "TSV", PARQUET, "JSON", "JSON lines")


def format_of(name: str, head: bytes) -> tuple[PreviewKind, str]:
    """The kind, and the word for people. ``head``: some first bytes, unpacked; what they say goes before the name."""
    if head.startswith(b"PAR1"):
        return PreviewKind.TABLE, PARQUET
    if image := _image(head):
        return PreviewKind.IMAGE, image
    named = _BY_NAME.get(_suffix(name))
    if named == "Jupyter notebook":
        return PreviewKind.NOTEBOOK, named
    if named:
        return PreviewKind.TABLE, named
    if encoding_of(head) is None:
        return PreviewKind.BINARY, ""
    return PreviewKind.TEXT, _suffix(name).lstrip(".").upper()


def _suffix(name: str) -> str:
    """Of what is packed: ``a.csv.gz`` is a CSV."""
    lower = name.lower()
    for packed in _PACKED:
        lower = lower.removesuffix(packed)
    return f".{lower.rpartition('.')[2]}" if "." in lower else ""


def _image(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[:2] == b"BM" and head[6:10] != bytes(4):
        return ""  # two letters that a text may begin with, too
    return next((name for sign, name in _IMAGES.items() if head.startswith(sign)), "")
