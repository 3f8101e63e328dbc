"""Anything with a name and one method can be evaluated: here a model that answers from a table of its own.

python examples/your_own_model.py OUT
"""

import asyncio
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from benchwright import Reply, Request, evaluate, generate

out = Path(sys.argv[1] if len(sys.argv) > 1 else "example-out")
documents = Path(str(resources.files("benchwright.demo"))) / "documents" / "en"


@dataclass(frozen=True)
class FirstOptionInTheText:
    """Takes the option that stands earliest in what it is shown; without a text it declines."""

    name: str = "own/first-in-text"

    async def respond(self, request: Request) -> Reply:
        """Answer one request. `request.messages` is what an API would get; the plain values stand beside it."""
        text = " ".join(passage.text for passage in request.passages)
        found = [choice for choice in request.choices if choice in text]
        if not found:
            return Reply(text="I cannot answer that.", state="refusal", reason="nothing to read")
        return Reply(text=min(found, key=text.index))


generate(documents, out / "benchmark", questions=40)
evaluation = asyncio.run(
    evaluate(out / "benchmark", [FirstOptionInTheText(), "builtin/random", "builtin/bm25"], folder=out / "run-own")
)
for row in evaluation.board.rows:
    print(f"{row.condition:8} {row.model:18} {row.score:.2f}  refused {row.tally.refusals} of {row.tally.responses}")
