"""The JSON object in what a model wrote, however it is wrapped or damaged; never one that is not there.

Ways are tried from the strictest to the most forgiving, and the first whose object fits the asked form is taken:
strict JSON; with wrong escapes mended (LaTeX in JSON); a reader that follows quotes and keys instead of the grammar;
json-repair. All are bounded in length and time, so that no output can hold the work up.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from benchwright.models.protocol import Model
from benchwright.records import Reply, Request

How = Literal["strict", "escapes", "tolerant", "repaired", "boxed"]

LONGEST_TEXT = 200_000
"""Characters; what is longer is cut at the end, where truncated answers are broken anyway."""
LONGEST_REPAIR = 6_000
"""Characters that json-repair is given: its time grows with the square of the length on some texts."""
BOUND_S = 0.5
ATTEMPTS = 3
"""A malformed answer is asked for again at most twice."""

_THOUGHTS = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(
    r"```[ \t]*(?:json5?|jsonc|javascript|python)?[ \t]*\r?\n?(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE
)
# A key must follow: a brace in prose, in a set or in LaTeX opens no object.
_OPENING = re.compile(r"""\{\s*(?=["'“][^"'“”{}\n]{1,80}["'”]\s*:|\w{2,40}\s*:\s*["'“\[{\d-])""")
# LaTeX commands whose first letter is also an escape of JSON; `\\b` and `\\f` before a letter are always LaTeX.
_COMMANDS = (
    "n(?:u|e|eq|abla|ot|otin|leq|geq|ewline|ormalsize|mid|earrow)|r(?:ho|ight[a-z]*|angle|floor|ceil|m|oot|brace)"
    "|t(?:ext[a-z]*|imes|heta|an|anh|au|o|op|riangle[a-z]*|frac|ilde|herefore)"
)
_WRONG_ESCAPE = re.compile(rf'\\(\\|["/]|u[0-9a-fA-F]{{4}}|(?!(?:{_COMMANDS})(?![A-Za-z]))[nrt]|[bf](?![A-Za-z]))?')
_FINAL_BOX = re.compile(
    r"final answer is:?\s*\$*\s*\\boxed\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\s*\$*\.?\s*\Z", re.IGNORECASE
)
_KEY = re.compile(r'[\s,]*"((?:[^"\\\n]|\\.){1,80})"\s*:\s*')
_STRING_ENDS = {
    # The closing mark, where a key, the end of the object or the end of the text follows; or, where the mark was
    # forgotten, a new line that begins with a key.
    mark: re.compile(
        mark + r'(?=\s*(?:,\s*"(?:[^"\\\n]|\\.){1,80}"\s*:|,?\s*\}|,?\s*\Z|,?\s*```))|,?\s*\n\s*(?="\w{1,40}"\s*:\s*\S)'
    )
    for mark in ('"', "`", "'")
}
_BARE_END = re.compile(r'\s*(?:,\s*(?="(?:[^"\\\n]|\\.){1,80}"\s*:)|,?\s*\}|,?\s*\Z)')


@dataclass(frozen=True)
class Found:
    """An object, how it was read, and whether its closing brace is there."""

    value: dict[str, Any]
    how: How
    is_complete: bool = True


def find_object(
    text: str,
    *,
    schema: Mapping[str, Any] | None = None,
    required: Sequence[str] = (),
    boxed: str = "",
    accept: Callable[[dict[str, Any]], bool] | None = None,
    bound_s: float = BOUND_S,
) -> Found | None:
    """Return the object in `text` that fits `schema`, has every key of `required` and is accepted, or `None`.

    Objects inside a model's thoughts (`<think>`) do not count. Of several that fit, the last one is taken: models
    correct themselves forwards. A brace in prose or in a formula is no object: keys must be there as written.

    `boxed` names a key: where there is no object at all, and the text ends with "the final answer is \\boxed{…}", as
    models trained on mathematics end, that answer is given under this key, marked `boxed`. Without it, nothing is.
    """
    deadline = time.monotonic() + bound_s
    text = _THOUGHTS.sub("", text[:LONGEST_TEXT])
    required = tuple(required) or tuple(schema.get("required") or () if schema else ())

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not value or not all(name in value for name in required):
            return False
        return (schema is None or not schema_mistakes(value, schema)) and (accept is None or accept(value))

    candidates = [
        candidate
        for candidate in _candidates(text, is_form_known=bool(schema or required))
        if all(re.search(rf"{re.escape(name)}[\"'”]?\s*:", candidate) for name in required)
    ]
    for read in (_strict, _with_mended_escapes, _tolerant, _repaired):
        found: Found | None = None
        for candidate in candidates:
            if time.monotonic() > deadline:
                return found
            result = read(candidate)
            if result is not None and fits(result.value) and (found is None or result.is_complete):
                found = result
        if found is not None:
            return found
    answer = _FINAL_BOX.search(text) if boxed and not candidates else None
    if answer is not None and fits(value := {boxed: answer[1]}):
        return Found(value, "boxed")
    return None


def _candidates(text: str, *, is_form_known: bool) -> Iterator[str]:
    """The places where an object may begin, outermost first, each with the text from there on; at most 20."""
    spans = [match.span(1) for match in _FENCE.finditer(text)]
    end_of_last = 0
    count = 0
    for match in _OPENING.finditer(text):
        start = match.start()
        if start < end_of_last:
            continue
        end = next((stop for begin, stop in spans if begin <= start < stop), len(text))
        candidate = text[start:end]
        length = _balanced_length(candidate)
        # Nothing closes it: what comes later may lie inside it, and only a known form tells whether that is the object.
        end_of_last = start + (length or (1 if is_form_known else len(candidate)))
        yield candidate
        count += 1
        if count == 20:
            return


def _balanced_length(text: str) -> int:
    """Length up to the brace that closes the first one, quotes respected; 0 where none does."""
    depth, is_quoted, place = 0, False, 0
    while place < len(text):
        sign = text[place]
        if is_quoted:
            if sign == "\\":
                place += 1
            elif sign == '"':
                is_quoted = False
        elif sign == '"':
            is_quoted = True
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return place + 1
        place += 1
    return 0


_DECODER = json.JSONDecoder(strict=False)


def _strict(candidate: str) -> Found | None:
    return _decode(candidate, "strict")


def _with_mended_escapes(candidate: str) -> Found | None:
    """Double each backslash that begins no JSON escape, as in "\\frac": LaTeX is what breaks JSON most often."""
    return _decode(_WRONG_ESCAPE.sub(lambda match: match[0] if match[1] else "\\\\", candidate), "escapes")


def _decode(candidate: str, how: How) -> Found | None:
    try:
        value, _ = _DECODER.raw_decode(candidate)
    except (ValueError, RecursionError):
        return None
    return Found(value, how) if isinstance(value, dict) else None


def _tolerant(candidate: str) -> Found | None:
    """Read a flat object by its keys: a string ends at the quote after which a key, a brace or nothing follows.

    So quotes inside strings, raw line breaks and wrong escapes do no harm. Values that are lists or objects must be
    JSON of their own.
    """
    value: dict[str, Any] = {}
    place = 1
    while key := _KEY.match(candidate, place):
        place = key.end()
        item, place = _value_at(candidate, place)
        if place < 0:
            break
        value[_plain(key[1])] = item
        comma = re.compile(r"\s*,?").match(candidate, place)
        place = comma.end() if comma else place
    is_complete = place > 0 and re.compile(r"\s*\}").match(candidate, place) is not None
    return Found(value, "tolerant", is_complete) if value else None


def _value_at(text: str, place: int) -> tuple[Any, int]:
    """The value that begins at `place` and where it ends; an end below 0 says that it is cut off."""
    first = text[place : place + 1]
    if first in _STRING_ENDS:
        end = _STRING_ENDS[first].search(text, place + 1)
        return (_plain(text[place + 1 : end.start()]), end.end()) if end else (None, -1)
    if first in {"{", "["}:
        for attempt in (text[place:], _WRONG_ESCAPE.sub(lambda m: m[0] if m[1] else "\\\\", text[place:])):
            try:
                item, length = _DECODER.raw_decode(attempt)
            except (ValueError, RecursionError):
                continue
            # A mended text is longer: its end is where the brackets of the given one close.
            end = place + length if attempt is text[place:] else place + _closing(text[place:], first)
            return item, end
        return None, -1
    end = _BARE_END.search(text, place)
    bare = text[place : end.start()].strip() if end else ""
    if not bare or end is None or end.group().strip() == "":
        return None, -1
    try:
        return json.loads(bare), place + len(text[place : end.start()])
    except ValueError:
        return (bare.strip("'"), end.start()) if len(bare) <= 200 and "\n" not in bare else (None, -1)


def _closing(text: str, opening: str) -> int:
    closing = {"{": "}", "[": "]"}[opening]
    at = text.find(closing)
    return at + 1 if at >= 0 else len(text)


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "/": "/"}


def _plain(text: str) -> str:
    """Undo the escapes that are JSON's; a backslash before a LaTeX command stays."""
    return re.sub(
        rf'\\(?:(["\\/])|(?!(?:{_COMMANDS})(?![A-Za-z]))([ntr])|u([0-9a-fA-F]{{4}}))',
        lambda match: chr(int(match[3], 16)) if match[3] else _ESCAPES[match[1] or match[2]],
        text,
    )


def _repaired(candidate: str) -> Found | None:
    """What json-repair makes of it, if every key that it found stands in the text as a key."""
    if len(candidate) > LONGEST_REPAIR:
        return None
    from json_repair import repair_json

    try:
        value = repair_json(candidate, return_objects=True, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(
        re.search(rf"[\"'“]?{re.escape(str(k))}[\"'”]?\s*:", candidate) for k in value
    ):
        return None
    is_complete = candidate.rstrip("` \n").endswith("}")
    return Found(value if is_complete else _without_the_cut(value), "repaired", is_complete)


def _without_the_cut(value: dict[str, Any]) -> dict[str, Any]:
    """Where the text ends early, the value it ends in is half: the last item of a last list, else the last key."""
    if not value:
        return value
    last = list(value)[-1]
    items = value[last]
    if isinstance(items, list) and len(items) > 1:
        return {**value, last: items[:-1]}
    return {name: item for name, item in value.items() if name != last}


def schema_mistakes(value: Any, schema: Mapping[str, Any], at: str = "") -> list[str]:
    """What of `value` does not fit `schema`, by place; the words that response schemas use are known.

    Known: type, properties, required, additionalProperties, items, enum, const, anyOf, minItems, maxItems, minLength,
    minimum, maximum, $ref into $defs. Others are passed over.
    """
    return list(_mistakes(value, schema, at or "the object", schema))


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def _mistakes(value: Any, schema: Mapping[str, Any], at: str, root: Mapping[str, Any]) -> Iterator[str]:
    if (reference := schema.get("$ref")) and str(reference).startswith("#/$defs/"):
        schema = root.get("$defs", {}).get(str(reference).removeprefix("#/$defs/"), {})
    options = schema.get("anyOf")
    if options and all(list(_mistakes(value, option, at, root)) for option in options):
        yield f"{at} fits none of {len(options)} forms"
    kinds = schema.get("type")
    if kinds and not any(_is_of(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield f"{at} is {type(value).__name__}, not {kinds}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} is {value!r}, not one of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at} is {value!r}, not {schema['const']!r}"
    if isinstance(value, dict):
        yield from _object_mistakes(value, schema, at, root)
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at} has {len(value)} items"
        for place, item in enumerate(value):
            yield from _mistakes(item, schema.get("items") or {}, f"{at}[{place}]", root)
    elif isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield f"{at} is too short"
    elif isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at} is {value}, out of bounds"


def _object_mistakes(
    value: dict[str, Any], schema: Mapping[str, Any], at: str, root: Mapping[str, Any]
) -> Iterator[str]:
    properties = schema.get("properties") or {}
    for name in schema.get("required") or ():
        if name not in value:
            yield f"{at} lacks `{name}`"
    for name, item in value.items():
        if name in properties:
            yield from _mistakes(item, properties[name], f"{at}.{name}", root)
        elif schema.get("additionalProperties") is False:
            # A field too many does no harm to what is read; models add remarks.
            continue


def _is_of(value: Any, kind: str) -> bool:
    if isinstance(value, bool) and kind in {"number", "integer"}:
        return False
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES.get(kind, (object,)))


Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Read(Generic[Shape]):
    """An object of the asked class, or `None` with the reason in plain words."""

    value: Shape | None
    reason: str = ""


def read_object(text: str, shape: type[Shape]) -> Read[Shape]:
    """Read an object of the pydantic class `shape` from messy text, as `find_object` does."""
    required = [field.alias or name for name, field in shape.model_fields.items() if field.is_required()]
    wrong: list[str] = []

    def accept(value: dict[str, Any]) -> bool:
        try:
            shape.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            wrong.append(f"`{'.'.join(str(step) for step in first['loc'])}`: {first['msg']}")
            return False
        return True

    found = find_object(text, required=required, accept=accept)
    if found is not None:
        return Read(shape.model_validate(found.value))
    if wrong:
        return Read(None, f"the object in the answer does not fit: {wrong[0]}")
    return Read(None, "no object of the asked form in the answer" if text.strip() else "the answer is empty")


@dataclass(frozen=True)
class Asked:
    """What came of asking for an object: the object, or `None` with the reason; and every reply that was got."""

    found: Found | None
    reason: str
    replies: tuple[Reply, ...]


async def ask_for_object(
    model: Model,
    request: Request,
    *,
    required: Sequence[str] = (),
    mistake: Callable[[dict[str, Any]], str] | None = None,
    attempts: int = ATTEMPTS,
) -> Asked:
    """Ask until the answer holds an object that fits `request.response_schema`; a malformed one is asked again.

    `mistake` says in words what is wrong with an object that fits the schema, or returns nothing. A refusal, a
    truncated answer and an error are not asked again: the client has done what can be done about them.
    """
    replies: list[Reply] = []
    reason = "no attempt"
    for attempt in range(attempts):
        reply = await model.respond(request.model_copy(update={"attempt": attempt}))
        replies.append(reply)
        found = find_object(reply.text, schema=request.response_schema, required=required) if reply.text else None
        reason = (mistake(found.value) if mistake else "") if found else "no object of the asked form in the answer"
        if found is not None and not reason:
            return Asked(found, "", tuple(replies))
        if reply.state != "ok":
            return Asked(None, f"{reply.state}: {reply.reason}", tuple(replies))
    return Asked(None, f"{reason} ({attempts} attempts)", tuple(replies))
