import numpy as np

from benchwright.generation.near import NEIGHBOURS, Near, Unread
from benchwright.records import Passage


def passages(count: int, documents: int) -> list[Passage]:
    """Passages of one letter that do not touch, dealt to documents in turn."""
    starts = [10 * (number // documents) for number in range(count)]
    return [
        Passage(document_id=f"d{number % documents}", start=start, end=start + 1, text="x")
        for number, start in enumerate(starts)
    ]


def test_embeddings_relate_what_lies_close() -> None:
    vectors = np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0]])
    pairs = Near(passages(3, 3), vectors).pairs(across_documents=True)
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1)]


def test_what_all_texts_of_a_model_have_in_common_relates_nothing() -> None:
    chance = np.random.default_rng(0)
    vectors = chance.normal(size=(60, 128)) + 5.0
    vectors[7] = vectors[3] + chance.normal(size=128) / 10
    plain = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert (plain @ plain.T).min() > 0.9
    pairs = Near(passages(60, 60), vectors).pairs(across_documents=True)
    assert (pairs[0].first, pairs[0].second) == (3, 7)
    assert len(pairs) <= 5


def test_pairs_lie_in_two_documents_or_in_one_and_apart() -> None:
    vectors = np.ones((6, 4)) + np.eye(6, 4)
    made = passages(6, 2)
    assert all((pair.first - pair.second) % 2 for pair in Near(made, vectors).pairs(across_documents=True))
    assert all((pair.first - pair.second) % 2 == 0 for pair in Near(made, vectors).pairs(across_documents=False))


def test_three_times_the_passages_are_far_less_than_nine_times_the_comparisons_and_most_nearest_are_found() -> None:
    compared: dict[int, int] = {}
    for count in (4_000, 12_000):
        chance = np.random.default_rng(1)
        topics = chance.normal(size=(count // 4, 64)).astype(np.float32)
        vectors = topics[np.arange(count) // 4] + chance.normal(size=(count, 64)).astype(np.float32) / 4
        made = passages(count, count)
        near = Near(made, vectors)
        compared[count] = sum(len(members) ** 2 for members in near._dealt())
        pairs = near.pairs(across_documents=True)
        found = {pair.first // 4 for pair in pairs if pair.first // 4 == pair.second // 4}
        assert len(found) > 0.8 * count / 4
        assert len(pairs) <= NEIGHBOURS * 2 * count
    assert compared[12_000] < 7 * compared[4_000]


def test_what_is_not_embedded_yet_leaves_room_for_as_many_pairs() -> None:
    assert len(Unread(passages(40, 4)).pairs(across_documents=True)) >= 40
    assert len(Unread(passages(40, 4)).pairs(across_documents=False)) >= 40
    assert Unread(passages(1, 1)).pairs(across_documents=True) == []
