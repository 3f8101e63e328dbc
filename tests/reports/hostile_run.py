"""A small benchmark and run whose every text tries to break out of the page."""

from pathlib import Path

from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Citation,
    Document,
    Finding,
    Heading,
    Passage,
    Provenance,
    Question,
    RejectedQuestion,
    Response,
    RunManifest,
    Score,
    Timing,
)
from benchwright.store.benchmark import fingerprint, write_benchmark
from benchwright.store.runs import Run, RunWriter, close_run, start_run
from benchwright.version import VERSION

ATTACK = "</script><script>window.broken=1</script><img src=x onerror=window.broken=1>\"'`{{7*7}}"
MODELS = ("builtin/oracle", "lab/<b>good</b>", "lab/poor")
TABLE = "| Part | Price (EUR) |\n|---|---|\n| 🔋 Battery | 46.50 |\n| Cap | 128 |\n"


def document(number: int) -> Document:
    text = f"# Guide {number} {ATTACK}\n\n## Prices\n\n{TABLE}\n## 안내\n\n제{number}조는 3년이다. {ATTACK}\n"
    headings = tuple(
        Heading(level=level, text=name, start=text.index(name), end=text.index(name) + len(name))
        for level, name in ((1, f"Guide {number} {ATTACK}"), (2, "Prices"), (2, "안내"))
    )
    return Document(
        title=f"Guide {number} {ATTACK}", text=text, path=f"{number}.md", format="markdown", language="en",
        headings=headings,
    )  # fmt: skip


def question(source: Document, number: int) -> Question:
    cell = "46.50" if number % 2 else "128"
    start = source.text.index(cell)
    return Question(
        form="choice",
        kind="table_cell" if number % 3 else ATTACK,
        text=f"What does part {number} cost? {ATTACK}",
        choices=(cell, f"9{number}", f"<i>{number}</i>", ATTACK),
        answer=cell,
        language="en",
        citations=(Citation(document_id=source.id, start=start, end=start + len(cell), text=cell),),
        document=source.title,
        section="Prices",
        provenance=Provenance(writer="rule:table_cell"),
    )


def benchmark(documents: int = 6, each: int = 4) -> Benchmark:
    sources = [document(number) for number in range(documents)]
    questions = [question(source, i * each + j) for i, source in enumerate(sources) for j in range(each)]
    passages = [Passage(document_id=s.id, start=0, end=len(s.text), text=s.text) for s in sources]
    dropped = question(sources[0], 991)
    finding = Finding(
        code="CUR020", name="key positions", status="problem", effect="set", grade="A", subject="benchmark",
        message=f"unbalanced {ATTACK}",
    )  # fmt: skip
    return Benchmark(
        manifest=BenchmarkManifest(name=f"Prices {ATTACK}", version=VERSION, fingerprint=fingerprint(questions)),
        questions=tuple(questions),
        documents=tuple(sources),
        passages=tuple(passages),
        rejected=(RejectedQuestion(question=dropped, codes=("CUR003",), reasons=(f"leaks {ATTACK}",)),),
        findings=(finding,),
    )


def is_right(model: str, condition: str, number: int) -> bool:
    if model == MODELS[0]:
        return True
    if model == MODELS[1]:
        return condition == "passage" or number % 4 == 0
    return number % 4 == 1


def run_on(whole: Benchmark, folder: Path, models: tuple[str, ...] = MODELS) -> Run:
    manifest = RunManifest(
        id="f" * 16,
        benchmark=str(folder / "benchmark"),
        benchmark_fingerprint=whole.manifest.fingerprint,
        models=models,
        conditions=("closed", "passage"),
        version=VERSION,
        prompt=f"Answer. {ATTACK}",
        settings={"grader": "by_form"},
    )
    start_run(folder / "run", manifest)
    with RunWriter(folder / "run") as writer:
        for model in models:
            for condition in manifest.conditions:
                for number, asked in enumerate(whole.questions):
                    right = is_right(model, condition, number)
                    text = asked.answer if right else ATTACK
                    response = Response(model=model, question_id=asked.id, condition=condition, text=text)
                    writer.response(response, Timing(response_id=response.id, latency_ms=12.0))
                    writer.score(
                        Score(response_id=response.id, grader="by_form", value=float(right), reason=f"says {ATTACK}")
                    )
    return close_run(folder / "run")


def folders(place: Path, documents: int = 6, each: int = 4) -> tuple[Benchmark, Run]:
    whole = write_benchmark(benchmark(documents, each), place / "benchmark")
    return whole, run_on(whole, place)
