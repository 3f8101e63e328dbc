"""Every operation of the interface under generated requests: whatever is sent, no answer is a 500."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from arena_server import SETTINGS, two_models
from benchwright.arena.app import create_routes
from benchwright.arena.engine import open_arena

schemathesis = pytest.importorskip("schemathesis")
