"""Measure every stated bar: `make bench`, or `python benchmarks/run.py TOPIC…` for some of them.

Each other file of this folder that has a `run()` returning a list of `Bar` is a topic, named like the file.
"""

import argparse
import importlib.util
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))

from bars import Bar  # noqa: E402

MARK = {True: "ok", False: "MISSED", None: "·"}


def topics() -> dict[str, Path]:
    """The files of this folder that measure something, by topic."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if path.name != Path(__file__).name}
    return {name: path for name, path in files.items() if "\ndef run(" in path.read_text(encoding="utf-8")}


def measure(path: Path) -> list[Bar]:
    """Import one topic and run it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses and process pools look their module up by name.
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return list(module.run())


def main() -> int:
    """Print one table a topic; exit 1 where a bar was missed."""
    known = topics()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topic", nargs="*", help=f"one or more of: {', '.join(known)}")
    asked = parser.parse_args().topic or list(known)
    if unknown := [name for name in asked if name not in known]:
        parser.error(f"unknown topic {', '.join(unknown)}; known: {', '.join(known)}")
    missed = 0
    for name in asked:
        started = time.perf_counter()
        print(f"\n## {name}\n\n| bar | measured | target | |\n|---|---|---|---|", flush=True)
        for bar in measure(known[name]):
            print(f"| {bar.name} | {bar.measured} | {bar.target} | {MARK[bar.passed]} |", flush=True)
            missed += bar.passed is False
        print(f"\n{time.perf_counter() - started:.0f} s", flush=True)
    print(f"\n{missed} bar(s) missed" if missed else "\nevery bar holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
