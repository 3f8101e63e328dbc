"""Languages of the pages: one JSON file each, English standing in for what a translation leaves out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from benchwright.errors import InputError

DEFAULT = "en"


@dataclass(frozen=True)
class Locale:
    """The sentences of one language, by key; `{name}` in a sentence is filled in when it is said."""

    language: str
    strings: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return self.strings.get("language.name", self.language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence `key`; a key that no file knows is returned as it is, which shows on the page."""
        said = self.strings.get(key, key)
        for name, value in values.items():
            said = said.replace("{" + name + "}", str(value))
        return said


@dataclass(frozen=True)
class Locales:
    """All languages of the pages."""

    by_language: Mapping[str, Locale]

    @classmethod
    def from_folder(cls, folder: Traversable) -> "Locales":
        """Read every `xx.json` in `folder`; another language is another file. Raises `InputError` without English."""
        found: dict[str, dict[str, str]] = {}
        for file in folder.iterdir():
            if file.name.endswith(".json"):
                found[file.name.removesuffix(".json")] = json.loads(file.read_text(encoding="utf-8"))
        if DEFAULT not in found:
            raise InputError(f"the folder of languages holds {sorted(found)}, but `{DEFAULT}.json` is needed")
        english = found[DEFAULT]
        ordered = [DEFAULT, *sorted(set(found) - {DEFAULT})]
        return cls({language: Locale(language, {**english, **found[language]}) for language in ordered})

    def choose(self, wanted: str = "", accept: str = "") -> Locale:
        """Return the language `wanted`, else the first one of an Accept-Language header that is there, else English."""
        for language in (wanted, *_accepted(accept)):
            for name in (language, language.partition("-")[0]):
                if name in self.by_language:
                    return self.by_language[name]
        return self.by_language[DEFAULT]


def _accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the most wanted first."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:500].split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            found.append((-float(weight or 1), place, name.strip().lower()))
        except ValueError:
            continue
    return [name for _, __, name in sorted(found)]
