"""A benchmark written by rule from invented documents, for tests that need questions in any number."""

from pathlib import Path

import numpy as np

from benchwright.records import Benchmark, BenchmarkManifest, Citation, Document, Passage, Provenance, Question
from benchwright.store.benchmark import fingerprint, write_benchmark

THINGS = ("rooms", "lifts", "parking spaces", "meeting halls", "gardens", "terraces", "workshops", "kitchens")
STEMS = ("Har", "Bel", "Cor", "Dun", "Mar", "Nor", "Pel", "Ros", "Sil", "Tor", "Ul", "Vin", "Wes", "Yar", "Zen", "Gal")
ENDS = ("mont", "ford", "wick", "dale", "haven", "bury", "stead", "ley", "combe", "gate", "shaw", "mere")


def synthetic(documents: int = 12, facts: int = 10, *, seed: int = 0) -> Benchmark:
    """A benchmark of `documents` × `facts` questions: each sentence states how many things a house has."""
    chance = np.random.default_rng(seed)
    sources: list[Document] = []
    passages: list[Passage] = []
    questions: list[Question] = []
    houses = [stem + end for stem in STEMS for end in ENDS]
    chance.shuffle(houses)
    for number in range(documents):
        lines: list[tuple[str, str, int]] = []
        for fact in range(facts):
            house = houses[(number * facts + fact) % len(houses)]
            thing = THINGS[int(chance.integers(len(THINGS)))]
            lines.append((f"House {house} {number}", thing, int(chance.integers(12, 90))))
        text = "\n\n".join(f"{house} has {count} {thing} in all." for house, thing, count in lines)
        document = Document(title=f"Register {number}", text=text, path=f"{number}.md", format="md", language="en")
        sources.append(document)
        for house, thing, count in lines:
            start = text.index(f"{house} has")
            end = text.index("in all.", start) + len("in all.")
            passage = Passage(document_id=document.id, start=start, end=end, text=text[start:end])
            passages.append(passage)
            step, rank = int(chance.integers(1, 4)), int(chance.integers(4))
            options = [str(count + (place - rank) * step) for place in range(4)]
            chance.shuffle(options)
            is_choice = fact_is_choice(house)
            questions.append(
                Question(
                    form="choice" if is_choice else "short",
                    kind="number",
                    text=f"How many {thing} does {house} have?",
                    choices=tuple(options) if is_choice else (),
                    answer=str(count),
                    language="en",
                    citations=(Citation(document_id=document.id, start=start, end=end, text=text[start:end]),),
                    document=document.title,
                    provenance=Provenance(writer="rule:synthetic"),
                )
            )
    manifest = BenchmarkManifest(name="houses", version="0", fingerprint=fingerprint(questions))
    return Benchmark(manifest=manifest, questions=tuple(questions), documents=tuple(sources), passages=tuple(passages))


def fact_is_choice(house: str) -> bool:
    """Three of four questions have options."""
    return sum(map(ord, house)) % 4 != 0


def synthetic_folder(folder: Path, documents: int = 12, facts: int = 10) -> Path:
    """Write a synthetic benchmark to `folder` and return it."""
    write_benchmark(synthetic(documents, facts), folder)
    return folder
