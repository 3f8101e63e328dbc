"""Measure every stated bar: `make bench`, or `python benchmarks/run.py TOPIC…` for some of them.

Each other file of this folder that has a `run()` returning a list of `Bar` is a topic, named like the file.
"""

import argparse
import importlib.util
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))

from bars import Bar  # noqa: E402

HEAD = "| bar | measured | target | |\n|---|---|---|---|"
MARK = {True: "ok", False: "MISSED", None: "·"}


def topics() -> dict[str, Path]:
    """The files of this folder that measure something, by topic."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if path.name != Path(__file__).name}
    return {name: path for name, path in files.items() if "\ndef run(" in path.read_text(encoding="utf-8")}


def measure(path: Path) -> Iterable[Bar]:
    """Import one topic and run it; a topic that takes long yields each bar when it is measured."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses and process pools look their module up by name.
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module.run()


def save(path: Path, name: str, rows: list[str]) -> None:
    """Put the table into a page of the docs; whatever a person wrote around an earlier one stays."""
    table = "\n".join([HEAD, *rows])
    if path.is_file():
        before = path.read_text(encoding="utf-8")
        text = re.sub(r"(?:^\|.*\n?)+", lambda _: table + "\n", before, count=1, flags=re.MULTILINE)
    else:
        title = name.replace("_", " ").capitalize()
        text = f"# {title}\n\nMeasured by `python benchmarks/run.py {name}`.\n\n{table}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Print one table a topic; exit 1 where a bar was missed."""
    known = topics()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topic", nargs="*", help=f"one or more of: {', '.join(known)}")
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="write each table into FOLDER/TOPIC.md as well")
    given = parser.parse_args()
    asked = given.topic or list(known)
    if unknown := [name for name in asked if name not in known]:
        parser.error(f"unknown topic {', '.join(unknown)}; known: {', '.join(known)}")
    missed = 0
    for name in asked:
        started = time.perf_counter()
        print(f"\n## {name}\n\n{HEAD}", flush=True)
        rows: list[str] = []
        for bar in measure(known[name]):
            rows.append(f"| {bar.name} | {bar.measured} | {bar.target} | {MARK[bar.passed]} |")
            print(rows[-1], flush=True)
            missed += bar.passed is False
        seconds = time.perf_counter() - started
        print(f"\n{seconds:.0f} s", flush=True)
        if given.save:
            save(given.save / f"{name}.md", name, rows)
    print(f"\n{missed} bar(s) missed" if missed else "\nevery bar holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
