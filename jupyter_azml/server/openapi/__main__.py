"""``python -m jupyter_azml.server.openapi`` prints the document."""

import json

from . import document

print(json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False))
