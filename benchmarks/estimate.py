"""Does the estimate hold? Random orders, mixes and helpers through the real chain: calls, bounds, characters sent."""

import asyncio
import random
import sys
import tempfile
from importlib import resources
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bars import Bar

from benchwright.errors import NothingKept
from benchwright.generation.order import Order
from benchwright.generation.scripted import scripted_answer
from benchwright.models.journaled import CallSettings
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.store.journal import read_bill
from benchwright.workflows.estimate import Setting, estimate
from benchwright.workflows.generate_by_model import Writing, generate_by_model, plan_for

CONFIGURATIONS = 16
UNDISTURBED = 12
PLACES = ("Ashwell", "Borley", "Corran", "Dunmere", "Eastholm", "Farleigh", "Glenside", "Harwick")


def _leaflets(folder: Path) -> Path:
    """Documents whose every sentence states one figure: the scripted writer loses no question on them."""
    folder.mkdir()
    for number, place in enumerate(PLACES):
        lines = [f"# Leaflet of {place}"]
        for part, topic in enumerate(("Mooring", "Fuel", "Slipway", "Storage")):
            base = 11 + 17 * number + 5 * part
            lines += [
                f"## {topic}",
                f"The {topic.lower()} fee at {place} comes to {base} euros for members of the sailing club. "
                f"Visitors without a club card pay {base + 31} euros for the {topic.lower()} service at {place}. "
                f"The {topic.lower()} office of {place} answers written requests within {base + 60} hours.",
            ]
        (folder / f"{number}.md").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


def _order(chance: random.Random) -> Order:
    kinds = chance.sample(["factual", "numeric", "conceptual", "analytical", "unanswerable", "edge_case"], 3)
    order = Order(
        questions=chance.randint(4, 30),
        kinds={kind: chance.choice([1.0, 2.0]) for kind in kinds},
        reach=chance.choice([{"single": 1.0}, {"single": 2.0, "cross_document": 1.0}, {"single": 1, "multi_hop": 1}]),
        per_call=chance.randint(1, 5),
    )
    if chance.random() < 0.5:
        return order
    statements = {"questions": chance.randint(1, 15), "kinds": "true_false", "difficulty": "easy"}
    essays = {"questions": chance.randint(1, 10), "forms": "open", "difficulty": "hard"}
    return Order.model_validate({"per_call": order.per_call, "parts": [statements, essays]})


def _writing(chance: random.Random) -> Writing:
    solvers = [f"here/s{number}" for number in range(chance.choice([0, 1, 3]))]
    return Writing(
        writers=[f"here/w{number}" for number in range(chance.randint(1, 3))],
        solvers=solvers,
        judges=["here/j"] if solvers and chance.random() < 0.7 else [],
        rewriter="here/r" if solvers and chance.random() < 0.5 else "",
        summariser="here/a" if chance.random() < 0.5 else "",
    )


async def _one(number: int, folder: Path, leaflets: Path | None = None) -> tuple[int, int, list[float]]:
    """Return (rows beyond their bound, rows, characters sent over those expected if every call was as expected).

    With `leaflets` nothing is rejected and no answer is malformed; without, the example documents and faults.
    """
    chance = random.Random(number)
    order, writing = _order(chance), _writing(chance)
    documents = Path(str(resources.files("benchwright.demo"))) / "documents" / chance.choice(["en", "ko"])
    malformed = chance.choice([0, 0.05, 0.3])
    if leaflets is not None:
        order = Order(questions=order.questions, per_call=order.per_call, kinds={"factual": 1.0}, reach={"single": 1.0})
        documents, malformed = leaflets, 0
    config = folder / f"{number}.yaml"
    journal = folder / f"{number}.sqlite"
    faults = Faults(malformed=malformed, seed=number)
    async with LoopbackServer(faults, answer=scripted_answer) as server:
        config.write_text(f"endpoints:\n  here:\n    url: {server.url}\n")
        try:
            calls = CallSettings(config, journal=journal)
            await generate_by_model(documents, folder / f"b{number}", order=order, writing=writing, calls=calls)
        except NothingKept:
            pass
    plan, loaded, _, _ = plan_for(documents, order)
    setting = Setting(
        writing.writers, writing.solvers, writing.judges, writing.rewriter, writing.summariser, candidates=()
    )
    rows = {(row.stage, row.model): row for row in estimate(plan, loaded, setting).rows}
    bill = read_bill(journal)
    beyond = sum(each.calls > getattr(rows.get((each.stage, each.model)), "most_calls", 0) for each in bill)
    pairs = [(each, rows[each.stage, each.model]) for each in bill if (each.stage, each.model) in rows]
    is_as_expected = len(pairs) == len(bill) and all(paid.calls == row.calls for paid, row in pairs)
    sent, expected = sum(paid.characters for paid, _ in pairs), sum(row.characters for _, row in pairs)
    return beyond, len(bill), [sent / expected] if is_as_expected else []


def run() -> list[Bar]:
    """One bar for the bound, among faults and rejections; one for the characters, where nothing was rejected."""
    with tempfile.TemporaryDirectory() as place:
        found = [asyncio.run(_one(number, Path(place))) for number in range(CONFIGURATIONS)]
        leaflets = _leaflets(Path(place) / "leaflets")
        undisturbed = [asyncio.run(_one(100 + number, Path(place), leaflets)) for number in range(UNDISTURBED)]
    beyond, rows = sum(each[0] for each in found), sum(each[1] for each in found)
    shares = [share for each in undisturbed for share in each[2]]
    worst = max((abs(share - 1) for share in shares), default=1.0)
    return [
        Bar(
            f"{CONFIGURATIONS} random orders, with and without parts: rows beyond their bound",
            f"{beyond} of {rows}",
            "0",
            beyond == 0,
        ),
        Bar(
            "calls exact where nothing is rejected",
            f"{len(shares)} of {UNDISTURBED} random orders",
            "all",
            len(shares) == UNDISTURBED,
        ),
        Bar("characters sent in them", f"{worst:.1%} off at most", "≤ 5 %", worst <= 0.05),
    ]
