"""Every error raised on purpose, drawn as a tree.

```
BenchwrightError                 ends a command with one clear line and exit code 1
├── InputError                   what was given cannot be read or does not fit
│   ├── DocumentRefused          one file that cannot become a document, and why
│   ├── NothingLoaded            a folder in which no file became a document
│   ├── NothingKept              a stage that kept no item: never "completed"
│   ├── DamagedFolder            a benchmark or run folder with a wrong file and line
│   ├── UnknownName              a model, kind, condition … that does not exist; lists the close ones
│   └── ConfigError              benchwright.yaml says something that cannot be meant
├── ModelError                   a model could not be called
│   └── BudgetExceeded           the next request could pass the limit
├── NotWritten                   what must last could not be written: a full disk, a read-only folder
├── NoPower                      a statistic that this data cannot support
└── ThresholdMissed              `--fail-under` was not reached: exit code 3
```
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class BenchwrightError(Exception):
    """Any failure that was foreseen. Its text is one line for a person, with the way out."""

    exit_code = 1


class InputError(BenchwrightError):
    """What was given cannot be read or does not fit."""


class DocumentRefused(InputError):
    """A file that cannot become a document; the text says why in plain words."""


class NothingLoaded(InputError):
    """No file of a folder could be loaded."""


class NothingKept(InputError):
    """A stage kept nothing."""


class DamagedFolder(InputError):
    """A folder of ours in which a file or line is wrong."""


class UnknownName(InputError):
    """A name that does not exist. Build it with `unknown_name`."""


class ConfigError(InputError):
    """A configuration that cannot be meant."""


class ModelError(BenchwrightError):
    """A model could not be called."""


class BudgetExceeded(ModelError):
    """The next request could pass the spending limit."""


class NotWritten(BenchwrightError):
    """What must last could not be written: a full disk, a read-only folder."""


class NoPower(BenchwrightError):
    """The data cannot support the statistic that was asked for."""


class ThresholdMissed(BenchwrightError):
    """A threshold given by `--fail-under` was missed."""

    exit_code = 3


MANY_NAMES = 40
"""Known names that an error lists at most."""


def unknown_name(what: str, name: str, known: Iterable[str]) -> UnknownName:
    """Return the error for an unknown `name`, with close matches and the list of what is known."""
    names = sorted(known)
    close = get_close_matches(name, names, n=3, cutoff=0.6) or _beginning_alike(name, names)
    hint = f"; did you mean {' or '.join(f'`{match}`' for match in close)}?" if close else ""
    listed = ", ".join(names[:MANY_NAMES]) or "none"
    more = f" and {len(names) - MANY_NAMES:,} more" if len(names) > MANY_NAMES else ""
    return UnknownName(f"unknown {what} `{name}`{hint} (known: {listed}{more})")


def _beginning_alike(name: str, names: Sequence[str]) -> list[str]:
    """Return names that begin with `name`, letters and digits alone compared: `gpt4` for `GPT-4o-2024`."""
    short = "".join(filter(str.isalnum, name.lower()))
    return [known for known in names if short and "".join(filter(str.isalnum, known.lower())).startswith(short)][:3]
