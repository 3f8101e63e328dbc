"""Build a built-in model from the name behind `builtin/`."""

from typing import TYPE_CHECKING

from benchwright.errors import unknown_name
from benchwright.models.builtin.baselines import Baseline
from benchwright.models.builtin.holders import Holder
from benchwright.models.builtin.names import BASELINES, BUILTIN_NAMES, HOLDERS, READERS
from benchwright.models.builtin.oracle import Oracle
from benchwright.models.builtin.readers import Reader
from benchwright.models.protocol import Model

if TYPE_CHECKING:
    from benchwright.models.registry import Surroundings


def build(name: str, surroundings: "Surroundings") -> Model:
    """Return the built-in model `name`; `UnknownName` with close matches otherwise."""
    if name in BASELINES:
        return Baseline(name, seed=surroundings.seed)
    if name in READERS:
        return Reader(name, seed=surroundings.seed)
    if name in HOLDERS:
        return Holder(HOLDERS[name], seed=surroundings.seed)
    if name == "oracle":
        return Oracle()
    raise unknown_name("model", f"builtin/{name}", [f"builtin/{known}" for known in BUILTIN_NAMES])
