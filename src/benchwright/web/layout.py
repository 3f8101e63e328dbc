"""Pages from templates: escaped, translated, with static files that browsers may keep."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from benchwright.charts import CHART_CSS
from benchwright.errors import unknown_name
from benchwright.version import VERSION
from benchwright.web.locales import Locale, Locales

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
KEPT = "public, max-age=31536000, immutable"
CHECKED = "no-cache"


@dataclass(frozen=True)
class StaticFile:
    """A file of the page with what a browser must know of it."""

    content: bytes
    media_type: str
    tag: str


@dataclass(frozen=True)
class Pages:
    """The templates, static files and languages of one package, on top of the shared ones.

    `package` holds the folders `templates`, `static` and `locale`.
    """

    package: str
    prefix: str = "/static"
    _shared: str = field(default="benchwright.web", repr=False)

    @cached_property
    def locales(self) -> Locales:
        """Every language of the package."""
        return Locales.from_folder(resources.files(self.package) / "locale")

    @cached_property
    def files(self) -> Mapping[str, StaticFile]:
        """Every static file by name; the package's own win over shared ones of the same name."""
        found = {"charts.css": _static("charts.css", CHART_CSS.encode())}
        for package in (self._shared, self.package):
            for file in (resources.files(package) / "static").iterdir():
                if _suffix(file) in TYPES:
                    found[file.name] = _static(file.name, file.read_bytes())
        for language, locale in self.locales.by_language.items():
            said = json.dumps(dict(locale.strings), ensure_ascii=False).encode()
            found[f"strings.{language}.json"] = _static("strings.json", said)
        return found

    def asset(self, name: str) -> str:
        """Return the address of a static file; it changes with any of them, as modules import each other."""
        if name not in self.files:
            raise unknown_name("static file", name, tuple(self.files))
        return f"{self.prefix}/{self.tag}/{name}"

    @cached_property
    def tag(self) -> str:
        """What all static files together hash to."""
        whole = hashlib.sha256()
        for name in sorted(self.files):
            whole.update(self.files[name].tag.encode())
        return whole.hexdigest()[:12]

    def render(self, template: str, locale: Locale, /, **values: Any) -> str:
        """Return a page; templates say `t("key")` for a sentence and `asset("name")` for a static file."""
        return self._environment.get_template(template).render(
            t=locale, language=locale.language, locales=self.locales.by_language.values(), **values
        )

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=ChoiceLoader([PackageLoader(self.package), PackageLoader(self._shared)]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        known: dict[str, Any] = {"asset": self.asset, "version": VERSION}
        environment.globals.update(known)
        return environment


def _suffix(file: Traversable) -> str:
    return "." + file.name.rpartition(".")[2]


def _static(name: str, content: bytes) -> StaticFile:
    suffix = "." + name.rpartition(".")[2]
    return StaticFile(content, TYPES[suffix], hashlib.sha256(content).hexdigest()[:16])
