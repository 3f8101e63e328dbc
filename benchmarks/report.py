"""How long the demo takes, how much its documents weigh, and how big and quick a report on 1000 questions is."""

import asyncio
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tests/reports")]

import hostile_run  # noqa: E402
from bars import Bar  # noqa: E402

from benchwright.reports.report import report_of  # noqa: E402
from benchwright.workflows.demo import demo  # noqa: E402
from benchwright.workflows.report import write_report  # noqa: E402


def run() -> list[Bar]:
    return [*demo_bars(), *report_bars()]


def demo_bars() -> list[Bar]:
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        asyncio.run(demo(Path(folder) / "demo"))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    documents = Path(str(resources.files("benchwright.demo"))) / "documents"
    weight = sum(path.stat().st_size for path in documents.rglob("*") if path.is_file()) / 1e6
    return [
        Bar(
            "demo, start to report",
            f"{wall:.1f} s ({cpu:.1f} s of this process's CPU)",
            "≤ 20 s on two cores",
            wall <= 20,
        ),
        Bar("example documents in the package", f"{weight:.2f} MB", "≤ 3 MB", weight <= 3),
    ]


def report_bars() -> list[Bar]:
    with tempfile.TemporaryDirectory() as folder:
        whole, done = hostile_run.folders(Path(folder), documents=25, each=40)
        begun = time.perf_counter()
        path = write_report(report_of(done, whole), Path(folder) / "report.html")
        seconds, size = time.perf_counter() - begun, path.stat().st_size / 1e6
    return [
        Bar("report on 1000 questions × 3 models × 2 conditions: time", f"{seconds:.1f} s", "none stated"),
        Bar("report on 1000 questions × 3 models × 2 conditions: size", f"{size:.1f} MB", "≤ 5 MB", size <= 5),
    ]
