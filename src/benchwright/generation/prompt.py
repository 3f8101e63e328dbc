"""The writers' prompts by name, packaged or replaced by the user's own."""

from pathlib import Path

from benchwright.errors import unknown_name
from benchwright.models.prompt import Prompt, read_prompt

_WRITING = frozenset({"language", "topics", "instructions", "sources", "slots", "extra"})

BLANKS: dict[str, frozenset[str]] = {
    "write_single": _WRITING,
    "write_multi": _WRITING,
    "rewrite": frozenset({"language", "source", "question", "answer"}),
    "summarise": frozenset({"language", "source"}),
}
"""The blanks (`$name`) each prompt may have."""


def load_prompt(name: str, replacement: Path | None = None) -> Prompt:
    """Return the packaged prompt `name`, or the user's `replacement` for it.

    Raises:
        UnknownName: no prompt has this name.
        ConfigError: the replacement has a blank that nothing fills, or shows no document.
    """
    if name not in BLANKS:
        raise unknown_name("prompt", name, BLANKS)
    needed = frozenset({"sources", "slots"} if "sources" in BLANKS[name] else {"source"})
    return read_prompt(
        "benchwright.generation.prompts", name, blanks=BLANKS[name], needed=needed, replacement=replacement
    )
