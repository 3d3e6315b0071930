"""Lists as XML: https://learn.microsoft.com/rest/api/storageservices/list-blobs and …/get-block-list"""

from email.utils import format_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from starlette.responses import Response

from ...entities import File
from .containers import Container, Listing, etag_of


def blobs_xml(account: str, container: Container, query: dict[str, str], found: Listing) -> Response:
    address = f"https://{account}.blob.core.windows.net/"
    root = Element("EnumerationResults", ServiceEndpoint=address, ContainerName=container.name)
    for name in ("Prefix", "Marker", "MaxResults", "Delimiter"):
        if value := query.get(name.lower()):
            SubElement(root, name).text = value
    blobs = SubElement(root, "Blobs")
    with_metadata = "metadata" in query.get("include", "")
    for file in found.files:
        _blob(SubElement(blobs, "Blob"), container, file, with_metadata)
    for folder in found.folders:
        SubElement(SubElement(blobs, "BlobPrefix"), "Name").text = folder
    SubElement(root, "NextMarker").text = found.marker or ""
    return to_xml(root)


def containers_xml(account: str, names: list[str]) -> Response:
    root = Element("EnumerationResults", ServiceEndpoint=f"https://{account}.blob.core.windows.net/")
    containers = SubElement(root, "Containers")
    for name in names:
        container = SubElement(containers, "Container")
        SubElement(container, "Name").text = name
        SubElement(container, "Properties")
    SubElement(root, "NextMarker")
    return to_xml(root)


def blocks_xml(committed: list[tuple[str, int]], uncommitted: list[tuple[str, int]]) -> Response:
    root = Element("BlockList")
    for title, blocks in (("CommittedBlocks", committed), ("UncommittedBlocks", uncommitted)):
        part = SubElement(root, title)
        for name, size in blocks:
            block = SubElement(part, "Block")
            SubElement(block, "Name").text = name
            SubElement(block, "Size").text = str(size)
    return to_xml(root)


def _blob(blob: Element, container: Container, file: File, with_metadata: bool) -> None:
    facts = container.facts(file.path, file)
    SubElement(blob, "Name").text = file.path
    properties = SubElement(blob, "Properties")
    moment = format_datetime(file.modified, usegmt=True) if file.modified else ""
    for name, value in (
        ("Creation-Time", moment),
        ("Last-Modified", moment),
        ("Etag", etag_of(file).strip('"')),
        ("Content-Length", str(file.size)),
        ("Content-Type", str(facts.get("content_type") or "application/octet-stream")),
        ("Content-MD5", str(facts.get("content_md5") or "")),
        ("BlobType", "BlockBlob"),
        ("AccessTier", "Hot"),
        ("LeaseStatus", "unlocked"),
        ("LeaseState", "available"),
    ):
        SubElement(properties, name).text = value
    if with_metadata:
        metadata = SubElement(blob, "Metadata")
        for name, value in facts.get("metadata", {}).items():
            SubElement(metadata, name).text = value


def to_xml(root: Element) -> Response:
    return Response(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), media_type="application/xml")
