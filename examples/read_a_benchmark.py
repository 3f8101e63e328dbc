"""A benchmark is a folder anyone can read: questions with the exact characters that support them.

python examples/read_a_benchmark.py OUT
"""

import sys
from collections import Counter
from importlib import resources
from pathlib import Path

from benchwright import generate, read_benchmark

out = Path(sys.argv[1] if len(sys.argv) > 1 else "example-out")
documents = Path(str(resources.files("benchwright.demo"))) / "documents" / "ko"

generate(documents, out / "korean", questions=40)
benchmark = read_benchmark(out / "korean")
texts = {document.id: document.text for document in benchmark.documents}

question = benchmark.questions[0]
print(question.text)
for choice in question.choices:
    print(f"  {'→' if choice == question.answer else ' '} {choice}")
for citation in question.citations:
    assert texts[citation.document_id][citation.start : citation.end] == citation.text
    print(f"cited: {citation.text!r} at {citation.start}:{citation.end} of {question.document}")

for kind, count in Counter(each.kind for each in benchmark.questions).most_common():
    print(f"{count:4} {kind}")
