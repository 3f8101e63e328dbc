import json

import pytest

from benchwright.generation.draft import Draft
from benchwright.generation.read_drafts import Unread, read_drafts

ONE = {
    "slot": 1,
    "question": "What is the mooring fee at Pier Lomond for a night?",
    "options": ["38 euros", "48 euros"],
    "answer": "48 euros",
    "quotes": [{"source": 1, "text": "The mooring fee at Pier Lomond is 48 euros a night."}],
}


def only(text: str, slots: int = 1) -> Draft:
    (draft,) = read_drafts(text, slots).drafts
    assert isinstance(draft, Draft)
    return draft


@pytest.mark.parametrize(
    "sent",
    [
        {"questions": [ONE]},
        [ONE],
        ONE,
        {"questions": [{**ONE, "slot": "slot 1"}]},
        {"questions": [{key: value for key, value in ONE.items() if key != "slot"}]},
        {"questions": [{**ONE, "options": {"A": "38 euros", "B": "48 euros"}}]},
        {"questions": [{**ONE, "options": [{"text": "38 euros"}, {"text": "48 euros"}]}]},
        {"questions": [{**ONE, "quotes": ["The mooring fee at Pier Lomond is 48 euros a night."]}]},
        {"questions": [{**ONE, "quotes": "The mooring fee at Pier Lomond is 48 euros a night."}]},
        {"questions": [{**ONE, "accepted": None, "rubric": None, "calculation": None, "confidence": 0.9}]},
        {
            "questions": [
                {
                    "question_text": ONE["question"],
                    "choices": ONE["options"],
                    "correct_answer": "48 euros",
                    "citations": [
                        {"source_id": "source 1", "quote": "The mooring fee at Pier Lomond is 48 euros a night."}
                    ],
                }
            ]
        },
    ],
)
def test_a_reply_in_another_shape_means_the_same_draft(sent: object) -> None:
    draft = only(f"Here you are:\n```json\n{json.dumps(sent)}\n```")
    assert draft.slot == 1
    assert draft.question == ONE["question"]
    assert draft.options == ["38 euros", "48 euros"]
    assert draft.answer == "48 euros"
    assert draft.quotes[0].text.startswith("The mooring fee")


def test_a_draft_that_cannot_be_read_costs_the_others_nothing() -> None:
    read = read_drafts(json.dumps({"questions": ["Is it nice?", {"slot": 2, "question": "Q?"}, {**ONE, "slot": 3}]}), 3)
    assert [type(draft) for draft in read.drafts] == [Unread, Unread, Draft]
    assert not read.is_worth_asking_again


def test_a_reply_without_any_draft_or_cut_short_is_worth_asking_again() -> None:
    whole = json.dumps({"questions": [ONE, {**ONE, "slot": 2}]})
    assert read_drafts(whole[: len(whole) - 30], 2).is_worth_asking_again
    assert read_drafts("I would rather not.", 2).is_worth_asking_again
    assert read_drafts('{"questions": [1, 2]}', 2).is_worth_asking_again
    assert not read_drafts('{"questions": []}', 2).is_worth_asking_again


def test_drafts_without_numbers_belong_to_the_slots_in_order_where_there_are_as_many() -> None:
    bare = {key: value for key, value in ONE.items() if key != "slot"}
    assert [draft.slot for draft in read_drafts(json.dumps({"questions": [bare, bare]}), 2).drafts] == [1, 2]  # type: ignore[union-attr]
    assert [draft.slot for draft in read_drafts(json.dumps({"questions": [bare]}), 2).drafts] == [0]  # type: ignore[union-attr]
