"""What happens at endpoints: counted, sampled, compared with a baseline, watched. Knows no workspace, only folders.

Nothing heavy is imported here: a gateway starts with it.
"""

from .collection import Collector
from .exposition import Exposition
from .recorder import Recorder

__all__ = ["Collector", "Exposition", "Recorder"]
