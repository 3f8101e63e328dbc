"""What a language of the arena's pages still lacks: `python tools/translation.py de` prints it with its English.

A language is one file, `src/benchwright/arena/pages/locale/xx.json`. Where it is silent, English stands in.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import resources

from benchwright.arena.boards import UNSAID
from benchwright.arena.errors import KIND_OF_STATUS, ArenaError
from benchwright.arena.tags import DEFAULT_TAGS

ARENA = resources.files("benchwright.arena")
LOCALE = ARENA / "pages" / "locale"


def sentences(language: str) -> dict[str, str]:
    """Every key that the pages can ask for, with its English sentence."""
    found: dict[str, str] = json.loads((LOCALE / "en.json").read_text(encoding="utf-8"))
    found |= {f"unsaid.{code}": text for code, text in UNSAID.items()}
    found |= {f"error.{kind}": "{text}" for kind in KIND_OF_STATUS.values()}
    found |= {f"error.{code}": text for code, text in errors()}
    return found | {f"tag.{tag.key}": tag.labels["en"] for tag in DEFAULT_TAGS if language not in tag.labels}


def errors() -> Iterator[tuple[str, str]]:
    """Each code of an error that the arena tells, with its sentence as the source has it."""
    kinds = {kind.__name__ for kind in ArenaError.__subclasses__()}
    for file in ARENA.iterdir():
        if file.name.endswith(".py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=[said, ast.Constant(value=str(code))]) if name in kinds:
                        names = {ast.unparse(each.value): str(each.arg) for each in node.keywords}
                        text = _sentence(said, names)
                        # A value that a translation is not given: the whole sentence stands in.
                        yield code, text if set(re.findall("{(.*?)}", text)) <= {*names.values(), "text"} else "{text}"
                    case _:
                        pass


def _sentence(said: ast.expr, names: Mapping[str, str]) -> str:
    """The sentence with its values by the names under which a translation gets them."""
    match said:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_sentence(part, names) for part in parts)
        case ast.FormattedValue(value=ast.NamedExpr(target=target)):
            return "{" + names.get(target.id, target.id) + "}"
        case ast.FormattedValue(value=value):
            return "{" + names.get(ast.unparse(value), ast.unparse(value)) + "}"
        case _:
            return "{text}"


def lacking(language: str) -> dict[str, str]:
    """The sentences that `language` has no translation of."""
    file = LOCALE / f"{language}.json"
    own: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    wanted = sentences(language)
    if language == "en":
        # The English of these stands in the code; `{text}` is the server's own sentence.
        wanted = {key: text for key, text in wanted.items() if not key.startswith(("error.", "unsaid."))}
    return {key: text for key, text in wanted.items() if key not in own}


if __name__ == "__main__":
    print(json.dumps(lacking(sys.argv[1] if len(sys.argv) > 1 else "en"), ensure_ascii=False, indent=1))
