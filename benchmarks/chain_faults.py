"""Whole commands among faults: the same questions, rejections, answers and scores as without any."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bars import Bar
from chain_kills import differing
from chain_speed import WRITING, evaluate
from loopback_process import ledger
from models_chain import Ended, ended, generate, invented_sources, prepare, scripted_server

FAULTS = {"garbage": 0.01, "rate_limited": 0.05, "server_error": 0.02, "hang": 0.01, "dropped": 0.01, "seed": 5}
LATENCY_S = 0.1
TIMEOUT_S = 3
"""What is said for the endpoint in benchwright.yaml: a hanging call is given up so soon."""
QUESTIONS = 80


def both(folder: Path, sources: Path, **faults: float) -> Iterator[tuple[Ended, int, dict[str, int]]]:
    """Run `generate` and `evaluate` at a server with these faults; yields each with its answered calls and outcomes."""
    with scripted_server(latency_s=LATENCY_S, **faults) as url:
        prepare(folder, url, writing=WRITING, endpoint={"timeout_s": TIMEOUT_S})
        for command in (generate(sources, QUESTIONS), evaluate()):
            before = ledger(url)
            done = ended(folder, *command)
            assert done.code == 0, done.said
            after = ledger(url)
            assert after["paid_again"] == 0, "an answer was paid twice"
            met = {name: count - before["outcomes"].get(name, 0) for name, count in after["outcomes"].items()}
            yield done, after["answered"] - before["answered"], met


def run() -> Iterator[Bar]:
    """Compare what both commands leave behind with and without faults."""
    with tempfile.TemporaryDirectory() as place:
        sources = invented_sources(Path(place) / "sources", 0.3, 10)
        calm, rough = Path(place) / "calm", Path(place) / "rough"
        names = {
            "made": ("questions.jsonl", "rejected.jsonl", "findings.jsonl"),
            "run": ("responses.jsonl", "scores.jsonl"),
        }
        pairs = zip(names, both(calm, sources), both(rough, sources, **FAULTS), strict=True)
        for made, (_, needed, _), (done, answered, met) in pairs:
            other = differing(calm / made, rough / made, names[made])
            faults = sum(count for name, count in met.items() if name != "answered")
            command = "generate" if made == "made" else "evaluate"
            told = f"{answered} of {needed} answered, {', '.join(other) or 'nothing'} differs, {done.wall_s:.0f} s"
            passed = answered == needed and not other
            yield Bar(f"{command}, {needed} calls among {faults} faults", told, "all, nothing", passed)
