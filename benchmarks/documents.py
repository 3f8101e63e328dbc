"""How much of each format's text is found, that refusals have reasons, and how fast text loads and splits."""

import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.bars import Bar
from tests.shared_data import SHARED

from benchwright.documents import load_files, split

DOCS = SHARED / "docs"
SENTENCE = "The committee decided on 15 March 2024 that prices rise by 3.5 percent, and the board agreed with it. "


def run() -> list[Bar]:
    return [*(recall() if DOCS.is_dir() else []), *speed()]


def expected_texts() -> list[tuple[Path, Path]]:
    pairs: list[tuple[Path, Path]] = []
    for source in sorted(DOCS.glob("docling/*/sources/*")):
        folder = source.parent.parent / "groundtruth"
        text = next(
            (folder / name for name in (f"{source.name}.md", f"{source.stem}.md") if (folder / name).is_file()), None
        )
        if text is not None:
            pairs.append((source, text))
    pairs.append(
        (DOCS / "markitdown/movie-theater-booking-2024.pdf", DOCS / "markitdown/movie-theater-booking-2024.md")
    )
    return pairs


def token_recall(found: str, expected: str) -> float:
    have, want = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, expected))
    return sum(min(count, have[word]) for word, count in want.items()) / max(sum(want.values()), 1)


def recall() -> list[Bar]:
    measured: dict[str, float] = {}
    for source, text in expected_texts():
        documents = load_files(source).documents
        measured[source.name] = token_recall(documents[0].text, text.read_text()) if documents else 0.0
    median = statistics.median(measured.values())
    right_to_left = measured.get("right_to_left_01.pdf", 0.0)
    worst = min(measured, key=lambda name: measured[name])
    files = load_files(DOCS).files
    refused = [file for file in files if file.status == "refused"]
    return [
        Bar(f"documents: median token recall over {len(measured)} files", f"{median:.3f}", "≥ .95", median >= 0.95),
        Bar("documents: recall of the right-to-left PDF", f"{right_to_left:.3f}", "≥ .85", right_to_left >= 0.85),
        Bar(f"documents: lowest recall ({worst})", f"{measured[worst]:.3f}", "told, not judged"),
        Bar(
            "documents: refusals that say why",
            f"{sum(bool(file.reason) for file in refused)} of {len(refused)} ({len(files)} files)",
            "all",
            all(file.reason for file in refused),
        ),
    ]


def speed() -> list[Bar]:
    paragraphs = [f"{SENTENCE * 5}({number})\n\n" for number in range(10_000)]
    text = "".join(f"## Section {n // 10}\n\n{p}" if n % 10 == 0 else p for n, p in enumerate(paragraphs))
    bars: list[Bar] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("long.txt", "long.md"):
            path = Path(folder) / name
            path.write_text(text)
            started = time.process_time()
            for document in load_files(path).documents:
                split(document)
            rate = len(text.encode()) / (time.process_time() - started) / 1e6
            bars.append(Bar(f"documents: load and split {name[5:]}", f"{rate:.1f} MB/s a core", "≥ 5 MB/s", rate >= 5))
    return bars


if __name__ == "__main__":
    for bar in run():
        print(bar)
