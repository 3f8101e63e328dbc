"""From a folder of documents to a report, in Python: what `benchwright demo` does, step by step.

python examples/documents_to_report.py OUT
"""

import asyncio
import sys
from importlib import resources
from pathlib import Path

from benchwright import evaluate, generate, report, write_report

out = Path(sys.argv[1] if len(sys.argv) > 1 else "example-out")
documents = Path(str(resources.files("benchwright.demo"))) / "documents" / "en"

made = generate(documents, out / "benchmark", questions=40)
print(f"{len(made.benchmark.questions)} questions on {len(made.benchmark.documents)} documents")

evaluation = asyncio.run(
    evaluate(out / "benchmark", ["builtin/bm25", "builtin/longest", "builtin/oracle"], folder=out / "run")
)
for row in evaluation.board.rows:
    score = row.tally.score
    if score:
        print(f"{row.condition:8} {row.model:16} {score.estimate:.2f}  ({score.low:.2f} to {score.high:.2f})")

page = write_report(report([out / "run"], benchmark=out / "benchmark"), out / "report.html")
print(f"report: {page}")
