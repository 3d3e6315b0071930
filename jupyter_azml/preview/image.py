"""Images as thumbnails, so that a photo of 40 MB is some kilobytes for whoever looks at it."""

import base64
import io
import warnings
from typing import Any

from ..entities import Preview, PreviewKind
from ..errors import DataUnreadable
from ..language import _
from .source import Reader, Source

EDGE = 800
"""Pixels of the longer side, at most."""
LARGEST = 64 * 1024 * 1024


def preview_image(source: Source, format: str) -> Preview:
    """Raises DataUnreadable for what is damaged, or would take gigabytes of memory."""
    if source.size > LARGEST:
        raise DataUnreadable(
            _("{name} is too large for a thumbnail: {size} MB.", name=source.name, size=source.size // 1024**2),
            _("Download it: azml datastore download"),
        )
    from PIL import Image

    try:
        with warnings.catch_warnings(), Image.open(io.BufferedReader(Reader(source))) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            size, mode, frames = image.size, image.mode, getattr(image, "n_frames", 1)
            image.draft("RGB", (EDGE, EDGE))  # of a JPEG: decodes what is needed for that size only
            image.thumbnail((EDGE, EDGE))
            data = _encoded(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise DataUnreadable(
            _("{name} has too many pixels to be opened safely.", name=source.name),
            _("Make a smaller one of it where there is memory for it."),
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DataUnreadable(
            _("{name} is a damaged image: {detail}", name=source.name, detail=str(error)[:200]),
            _("Check that it was uploaded to its end."),
        ) from error
    details = {"size": f"{size[0]} × {size[1]}", "mode": mode}
    if frames > 1:
        details["frames"] = str(frames)
    return Preview(
        path=source.path, name=source.name, kind=PreviewKind.IMAGE, format=format, image=data, details=details
    )


def _encoded(image: Any) -> str:
    out, has_alpha = io.BytesIO(), image.mode in ("RGBA", "LA", "PA", "P")
    if has_alpha:
        image.convert("RGBA").save(out, "PNG")
    else:
        image.convert("RGB").save(out, "JPEG", quality=85)
    return f"data:image/{'png' if has_alpha else 'jpeg'};base64,{base64.b64encode(out.getvalue()).decode()}"
