"""Models that need no key, no network and no weights: baselines, readers, holders and the oracle."""

from benchwright.models.builtin.build import build
from benchwright.models.builtin.names import BASELINES, BUILTIN_NAMES, HOLDERS, READERS

__all__ = ["BASELINES", "BUILTIN_NAMES", "HOLDERS", "READERS", "build"]
