"""JSON Lines in which every column keeps one type, so that pyarrow and Hugging Face `datasets` read a file as it lies.

A column that is null or an empty list in every row has no type that a reader could infer: it would be read as `null`,
and as something else once a row fills it. Such a column is left out of the file; the record's default stands for it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchwright.errors import InputError

Row = Mapping[str, Any]


@dataclass
class Shape:
    """What is known of the type at one place: a scalar's name, or the items of a list, or the fields of a struct."""

    scalar: str = ""
    item: "Shape | None" = None
    fields: "dict[str, Shape]" = field(default_factory=dict[str, "Shape"])

    @property
    def is_typed(self) -> bool:
        """True once some row gave a value from which a reader infers the type."""
        if self.item is not None:
            return self.item.is_typed
        return bool(self.scalar) or any(shape.is_typed for shape in self.fields.values())

    def see(self, value: Any) -> None:
        """Learn from one value; `null` and empty lists teach nothing."""
        if isinstance(value, Mapping):
            for name, inner in value.items():
                self.fields.setdefault(name, Shape()).see(inner)
        elif isinstance(value, (list, tuple)):
            if value and self.item is None:
                self.item = Shape()
            for inner in value:
                if self.item is not None:
                    self.item.see(inner)
        elif value is not None:
            self.scalar = _merged(self.scalar, _scalar(value))


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int64"
    return "float64" if isinstance(value, float) else "string"


def _merged(old: str, new: str) -> str:
    if not old or old == new:
        return new
    if {old, new} == {"int64", "float64"}:
        return "float64"
    raise InputError(f"one column would hold both {old} and {new} values; give each its own column")


def shape_of(rows: Iterable[Row]) -> Shape:
    """Return the type of every column of `rows`."""
    shape = Shape()
    for row in rows:
        shape.see(row)
    return shape


def typed(value: Any, shape: Shape) -> Any:
    """Return `value` without the places that no row gives a type."""
    if isinstance(value, Mapping):
        return {name: typed(inner, shape.fields[name]) for name, inner in value.items() if shape.fields[name].is_typed}
    if isinstance(value, (list, tuple)):
        return [] if shape.item is None else [typed(inner, shape.item) for inner in value]
    return float(value) if shape.scalar == "float64" and value is not None else value


def json_lines(rows: Iterable[Row], shape: Shape) -> Iterable[bytes]:
    """Yield one line of UTF-8 JSON a row, in the order of the rows and of their fields."""
    for row in rows:
        line = json.dumps(typed(row, shape), ensure_ascii=False, allow_nan=False)
        try:
            yield line.encode() + b"\n"
        except UnicodeEncodeError as error:
            half = line[error.start]
            raise InputError(
                f"a text holds half of a character pair (U+{ord(half):04X}) that UTF-8 cannot store; "
                f"repair the source near {line[max(0, error.start - 30) : error.start]!r}"
            ) from error


def features(shape: Shape) -> list[dict[str, Any]]:
    """Return the columns as the `features` of a Hugging Face dataset card."""
    return [{"name": name, **_feature(inner)} for name, inner in shape.fields.items() if inner.is_typed]


def _feature(shape: Shape) -> dict[str, Any]:
    if shape.item is not None:
        # `sequence` of a plain type and `list` of a struct are what every version of `datasets` writes and reads.
        return {"list": features(shape.item)} if shape.item.fields else {"sequence": shape.item.scalar}
    return {"struct": features(shape)} if shape.fields else {"dtype": shape.scalar}
