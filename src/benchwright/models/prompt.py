"""A prompt: a short file with blanks that becomes the messages of a request. Any packaged one can be replaced."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from benchwright.errors import ConfigError
from benchwright.records import Message, content_hash

DIVIDER = "\n===\n"
"""Above it stands the system message, below it the user message."""

LANGUAGE_NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True)
class Prompt:
    """One prompt with blanks (`$name`). Its `hash` is recorded with whatever comes of it."""

    name: str
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 of the prompt's text."""
        return content_hash(self.text)

    def fill(self, **values: str) -> tuple[Message, ...]:
        """Return the messages with every blank filled; a value is inserted as it is, never read for blanks itself."""
        system, divider, user = self.text.partition(DIVIDER)
        if not divider:
            return (Message(role="user", content=Template(system).substitute(values).strip()),)
        return (
            Message(role="system", content=Template(system).substitute(values).strip()),
            Message(role="user", content=Template(user).substitute(values).strip()),
        )


def read_prompt(
    package: str, name: str, *, blanks: frozenset[str], needed: frozenset[str], replacement: Path | None = None
) -> Prompt:
    """Return the prompt `name` of `package`, or the user's `replacement` for it.

    Args:
        package: Dotted name of the package that ships `NAME.md`.
        name: The prompt's name.
        blanks: Every blank that will be filled.
        needed: Blanks without which the prompt makes no sense, such as the document.
        replacement: The user's own file.

    Raises:
        ConfigError: the replacement has a blank that nothing fills, or lacks a needed one.
    """
    if replacement is None:
        return Prompt(name, (files(package) / f"{name}.md").read_text(encoding="utf-8"))
    template = Template(replacement.read_text(encoding="utf-8"))
    used = set(template.get_identifiers())
    known = ", ".join(f"${blank}" for blank in sorted(blanks))
    if not template.is_valid():
        raise ConfigError(f"{replacement}: a lone $ sign; write $$ for a dollar sign (blanks: {known})")
    if used - blanks:
        unknown = ", ".join(f"${blank}" for blank in sorted(used - blanks))
        raise ConfigError(f"{replacement}: {unknown} is no blank of the prompt `{name}` (blanks: {known})")
    if needed - used:
        missing = ", ".join(f"${blank}" for blank in sorted(needed - used))
        raise ConfigError(f"{replacement}: the prompt `{name}` must contain {missing}")
    return Prompt(name, template.template)


def fenced(text: str, *, tag: str = "source", **attributes: str) -> str:
    """Return `text` between marks that carry its own hash, as in `<source-1f00c2ab>`.

    A text cannot contain the hash of itself, so nothing that a document or an answer says can close its fence.
    """
    mark = f"{tag}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    opening = " ".join([mark, *(f'{name}="{_attribute(value)}"' for name, value in attributes.items() if value)])
    return f"<{opening}>\n{text}\n</{mark}>"


def language_name(code: str) -> str:
    """Return the English name of a language for a prompt; the code itself where no name is known."""
    return LANGUAGE_NAMES.get(code, "the language of the source" if code in ("", "und") else code)


def _attribute(value: str) -> str:
    return value.replace('"', "'").replace("<", "(").replace(">", ")").replace("\n", " ")
