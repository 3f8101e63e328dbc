"""Where the real data by others lies, and the mark that skips a test where it does not."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("BENCHWRIGHT_SHARED", Path(__file__).parents[1] / "../shared/data")).resolve()

requires_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside this checkout")
