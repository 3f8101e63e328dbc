from pathlib import Path

import pytest

from benchwright.errors import ConfigError, ModelError
from benchwright.generation.near import Unread
from benchwright.generation.order import Order
from benchwright.generation.scripted import scripted_answer
from benchwright.models.journaled import CallSettings
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.store.journal import read_bill
from benchwright.workflows.embedding import EMBEDDING
from benchwright.workflows.estimate import Setting, estimate
from benchwright.workflows.generate_by_model import GeneratedByModel, Writing, generate_by_model, plan_for

ORDER = Order(questions=8, kinds={"factual": 1}, forms={"short": 1}, reach={"single": 1, "cross_document": 1})
TOPICS = ("mooring fees of small sailing boats", "winter storage of wooden hulls", "fuel pumps on the eastern jetty")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Nine leaflets on three topics, in common words: no rare term joins two of them."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(9):
        topic = TOPICS[number % 3]
        said = " ".join(
            f"For {topic} the harbour office asks {11 + 5 * number + at} euros in {season}."
            for at, season in enumerate(("spring", "summer", "autumn", "winter"))
        )
        (folder / f"{number}.md").write_text(f"# Leaflet {number}\n\n{said}\n")
    return folder


async def generate(tmp_path: Path, url: str, documents: Path, *, name: str = "b", **more: object) -> GeneratedByModel:
    config = tmp_path / "benchwright.yaml"
    config.write_text(f"endpoints:\n  here:\n    url: {url}\n")
    return await generate_by_model(
        documents,
        tmp_path / name,
        order=ORDER,
        writing=Writing(["here/w"], embedder="here/e"),
        calls=CallSettings(config, journal=tmp_path / "journal.sqlite", **more),  # type: ignore[arg-type]
    )


async def test_embeddings_join_passages_of_one_topic_and_are_paid_once(tmp_path: Path, documents: Path) -> None:
    plan, loaded, passages, _ = plan_for(documents, ORDER, related=Unread)
    expected = estimate(plan, loaded, Setting(writers=["here/w"], embedder="here/e"), passages=passages)
    async with LoopbackServer(Faults(server_error=0.1, seed=1), answer=scripted_answer) as server:
        done = await generate(tmp_path, server.url, documents)
        before = server.ledger.requests
        again = await generate(tmp_path, server.url, documents, name="again")
        assert server.ledger.requests == before
    questions = done.made.benchmark.questions
    crossed = [question for question in questions if "reach:cross_document" in question.tags]
    assert len(crossed) == 4
    number_of = {document.id: int(document.title.rsplit(" ", 1)[-1]) for document in done.made.benchmark.documents}
    assert all(len({number_of[each] % 3 for each in question.document_ids}) == 1 for question in crossed)
    assert [question.id for question in questions] == [question.id for question in again.made.benchmark.questions]
    (row,) = [row for row in expected.rows if row.stage == EMBEDDING]
    (paid,) = [row for row in read_bill(tmp_path / "journal.sqlite") if row.stage == EMBEDDING]
    assert (paid.calls, paid.characters) == (row.calls, row.characters)
    assert paid.calls == row.most_calls == 9
    assert done.made.benchmark.manifest.settings["embedder"] == "here/e"


async def test_another_document_pays_only_for_itself(tmp_path: Path, documents: Path) -> None:
    async with LoopbackServer(answer=scripted_answer) as server:
        await generate(tmp_path, server.url, documents)
        (documents / "more.md").write_text(f"# Leaflet 12\n\n{'For winter storage the office asks 8 euros. ' * 6}\n")
        await generate(tmp_path, server.url, documents, name="more")
    (paid,) = [row for row in read_bill(tmp_path / "journal.sqlite") if row.stage == EMBEDDING]
    assert paid.calls == 10


async def test_a_budget_needs_the_price_of_an_embedder_too(tmp_path: Path, documents: Path) -> None:
    async with LoopbackServer(answer=scripted_answer) as server:
        with pytest.raises(ConfigError, match="price of `here/"):
            await generate(tmp_path, server.url, documents, budget_usd=1.0)
        assert server.ledger.requests == 0


async def test_an_embedder_that_is_not_there_is_one_clear_line(tmp_path: Path, documents: Path) -> None:
    async with LoopbackServer(Faults(models=("w",)), answer=scripted_answer) as server:
        with pytest.raises(ModelError, match="no model `e` there"):
            await generate(tmp_path, server.url, documents)
    config = tmp_path / "benchwright.yaml"
    config.write_text("models: {own: {model: 'python:math:sqrt'}}\n")
    writing = Writing(["own"], embedder="own")
    with pytest.raises((ConfigError, ModelError), match="gives no embeddings"):
        await generate_by_model(
            documents, tmp_path / "c", order=ORDER, writing=writing, calls=CallSettings(config, journal=tmp_path / "j")
        )
