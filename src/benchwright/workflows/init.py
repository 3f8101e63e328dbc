"""Turn a folder and a brief into a readable `benchwright.yaml`."""

import json
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from benchwright.errors import ConfigError, InputError
from benchwright.generation.brief import Brief, read_brief
from benchwright.generation.kinds import KINDS
from benchwright.generation.order import Order, Part, weighted
from benchwright.models.config import FILE_NAME, Config
from benchwright.text.tokens import words

SCHEMA = Path(".benchwright/benchwright.schema.json")
"""Where `init` puts the JSON Schema of the file, so that an editor completes and checks it."""

_HEAD = f"""\
# yaml-language-server: $schema={SCHEMA.as_posix()}
# How this benchmark is made. Change what you like: the fields are described in the how-to on models, and every
# command checks the file first. Run next:
#   benchwright estimate        what it will cost, before anything is spent
#   benchwright generate        write and check the questions
"""

_COMMENTS = {
    "documents": "What the questions are made from.",
    "writers": "Models that write, in turn. More than one makes the benchmark fairer to each.",
    "solvers": "Models that check each question by solving it; best of other families than the writers.",
    "judges": "Models that grade open answers.",
    "candidates": "Models that are compared.",
    "budget_usd": "Never passed; a run that reaches it stops cleanly and continues later.",
    "writing": "The order. In a mix, 2 and 1 is two to one. With `parts`, each has its own number of questions.",
}


def initialise(
    documents: Sequence[str],
    *,
    brief: str = "",
    folder: Path = Path(),
    writers: Sequence[str] = (),
    solvers: Sequence[str] = (),
    judges: Sequence[str] = (),
    candidates: Sequence[str] = (),
    overwrite: bool = False,
) -> Path:
    """Write `benchwright.yaml` into `folder` and return its path.

    Args:
        documents: Files, folders or globs, as they will be given to `generate`.
        brief: What is wanted, in a sentence of English or Korean; empty for the defaults.
        folder: Where the file goes.
        writers: Models that write; likewise `solvers`, `judges` and `candidates`.
        overwrite: Replace a file that is there.

    Raises:
        ConfigError: the brief asks for something that cannot be done; it is named.
        InputError: there is a file already, or a document path does not exist.
    """
    path = folder / FILE_NAME
    if path.exists() and not overwrite:
        raise InputError(f"{path} is there already; edit it, or write a new one with --overwrite")
    for name in documents:
        if not any(mark in name for mark in "*?[") and not name.startswith("https://") and not Path(name).exists():
            raise InputError(f"there is no file or folder {name}")
    understood = read_brief(brief) if brief.strip() else Brief(Order())
    if understood.sources:
        documents = [found for source in understood.sources for found in named_documents(source, documents)]
    values: dict[str, Any] = {
        "documents": list(documents),
        "writers": list(writers),
        "solvers": list(solvers),
        "judges": list(judges),
        "candidates": list(candidates),
    }
    if understood.budget_usd is not None:
        values["budget_usd"] = understood.budget_usd
    values["writing"] = _as_written(understood.order)
    Config.model_validate(values)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEAD + _listed(values) + _left_out(understood.order), encoding="utf-8")
    (folder / SCHEMA).parent.mkdir(exist_ok=True)
    (folder / SCHEMA).write_text(json.dumps(file_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of `benchwright.yaml`, as it ships in the package for editors."""
    order = Order.model_json_schema()
    schema = Config.model_json_schema()
    schema["properties"]["writing"] = {"$ref": "#/$defs/Order"}
    schema["$defs"] |= order.pop("$defs", {}) | {"Order": order}
    schema["$defs"]["Part"]["required"] = ["questions"]
    for section in (schema["$defs"]["Part"], order):
        weights, names, name = section["properties"]["kinds"]["anyOf"]
        names["items"]["enum"] = name["enum"] = sorted(KINDS)
        weights["propertyNames"] = {"enum": sorted(KINDS)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": FILE_NAME}


def named_documents(source: str, documents: Sequence[str]) -> list[str]:
    """Return the paths among `documents` that a brief means by `source`: a file, or the words of a file's name.

    Raises:
        ConfigError: no file has such a name; the message lists those there are.
    """
    paths = [
        path
        for name in documents
        if Path(name).exists()
        for path in (sorted(Path(name).rglob("*")) if Path(name).is_dir() else [Path(name)])
        if path.is_file()
    ]
    wanted = set(words(source))
    names = {path: set(words(path.stem.replace("-", " "))) for path in paths}
    found = [path for path in paths if path.name == source or names[path] == wanted]
    found = found or [path for path in paths if wanted <= names[path]]
    found = found or [path for path in paths if wanted <= set(words(_first_line(path)))]
    if not found:
        there = ", ".join(path.name for path in paths[:8]) + (" …" if len(paths) > 8 else "")
        raise ConfigError(f"the brief names the document {source!r}, but no file is called so (there are: {there})")
    return [str(path) for path in found]


def _first_line(path: Path) -> str:
    """The first line of a plain text file: its title, by which people call it."""
    if path.suffix.lower() not in (".md", ".txt"):
        return ""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return next((line for line in lines if line.strip()), "")[:200]


def order_of(config: Config, *, questions: int | None = None, language: str | None = None) -> Order:
    """Return the order that a configuration states, for another number of questions or another language where given.

    Raises:
        ConfigError: a field is unknown or cannot be meant.
    """
    from pydantic import ValidationError

    changed = {"language": language} if language is not None else {}
    try:
        order = Order.model_validate({**config.writing, **changed})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(["writing", *(str(step) for step in first["loc"])])
        known = _hint(str(first["loc"][-1]), in_part="parts" in first["loc"][:-1])
        known = known if first["type"] == "extra_forbidden" else ""
        raise ConfigError(f"{FILE_NAME}: `{place}`: {first['msg'].removeprefix('Value error, ')}{known}") from error
    return order if questions is None else order.of_size(questions)


def _as_written(order: Order) -> dict[str, Any]:
    """What the order states; the number of questions always, in each part or in all."""
    values = order.model_dump(mode="json", exclude_unset=True)
    if not order.parts:
        return _short({"questions": order.questions, **values})
    return {
        **{name: values[name] for name in ("language", "instructions") if name in values},
        "parts": [_short(part.model_dump(mode="json", exclude_unset=True)) for part in order.parts],
    }


def _left_out(order: Order) -> str:
    """The fields that the order leaves as usual, as lines to uncomment."""
    stated = {name for part in order.numbered.values() for name in part.model_fields_set} | {"questions", "parts"}
    stated |= order.model_fields_set
    usual = _short({name: value for name, value in order.model_dump(mode="json").items() if name not in stated})
    lines = [f"  # {name}: {_on_one_line(value)}" for name, value in usual.items()]
    asked = {name for part in order.numbered.values() for name in weighted(part.kinds)}
    if others := [name for name in KINDS if name not in asked]:
        lines.append(f"  # Kinds that are not asked: {', '.join(others)}")
    return "\n".join(["  # As usual, and yours to change:", *lines, ""])


def _short(values: dict[str, Any]) -> dict[str, Any]:
    """Mixes as a person writes them: one name alone, equal weights as a list, whole numbers without a point."""
    return {name: _short_mix(value) if isinstance(value, dict) else value for name, value in values.items()}


def _short_mix(mix: dict[str, float]) -> object:
    if len(mix) == 1:
        return next(iter(mix))
    if len(set(mix.values())) == 1:
        return list(mix)
    return {name: int(weight) if weight == int(weight) else weight for name, weight in mix.items()}


def _hint(field: str, *, in_part: bool) -> str:
    known = (Part if in_part else Order).model_fields
    close = get_close_matches(field, known, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f" (known: {', '.join(known)})"


def _listed(values: dict[str, Any]) -> str:
    return "\n" + "\n".join(f"# {_COMMENTS[name]}\n{name}:{_below(value)}" for name, value in values.items())


def _below(value: Any) -> str:
    """A mapping as a line for each field, and the parts of an order as a line for each; all else on one line."""
    if not isinstance(value, dict):
        return f" {_on_one_line(value)}\n"
    fields: dict[str, Any] = value
    lines: list[str] = [""]
    for name, inner in fields.items():
        if name == "parts":
            lines += ["  parts:", *(f"  - {_on_one_line(part)}" for part in inner)]
        else:
            lines.append(f"  {name}: {_on_one_line(inner)}")
    return "\n".join(lines) + "\n"


def _on_one_line(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=True)
    return text.removesuffix("...\n").strip()
