import re
from decimal import Decimal
from itertools import combinations

import pytest
from tests.written import offered, texts, written

from benchwright.generation.rules.table_aggregate import TableAggregate

BUDGET = """# Minutes

## Budget

Unit: thousand EUR

| Work package | Planned |
|---|---:|
| Data platform | 420 |
| Mobile app | 310 |
| Training | 85 |
| Rollout | 190 |
| Hosting | 64 |
"""
AMOUNTS = {"Data platform": 420, "Mobile app": 310, "Training": 85, "Rollout": 190, "Hosting": 64}


def test_every_answer_follows_from_the_cells_it_cites() -> None:
    questions = offered(TableAggregate(), written(BUDGET, title="Minutes"))
    operations = {q.provenance.note.split()[1] for q in questions}
    assert {"sum", "difference", "count"} <= operations
    for question in questions:
        cited = [AMOUNTS[c.text] for c in question.citations if c.text in AMOUNTS]
        note = question.provenance.note
        if "difference" in note:
            assert int(question.answer) == abs(cited[0] - cited[1])
        elif "sum" in note:
            assert int(question.answer.replace(",", "")) == sum(cited)
        elif "mean" in note:
            assert Decimal(question.answer) == Decimal(sum(cited)) / len(cited)
        else:
            limit = int(note.split()[-1])
            assert int(question.answer) == sum(v > limit if "above" in note else v < limit for v in cited)


def test_a_total_row_is_never_summed_and_no_total_is_asked_where_it_stands() -> None:
    for total in ("| Total | 1,069 |", "| Everything | 1,069 |"):
        questions = offered(TableAggregate(), written(BUDGET + total + "\n", title="Minutes"))
        assert questions
        assert not any("1,069" in citation.text for question in questions for citation in question.citations)
        assert not any(question.provenance.note.endswith("all rows") for question in questions)


def test_options_of_a_sum_are_sums_of_as_many_other_rows() -> None:
    question = next(
        q for q in offered(TableAggregate(), written(BUDGET, title="Minutes")) if q.provenance.note.endswith("sum")
    )
    rows = sum(f"“{name}”" in question.text for name in AMOUNTS)
    possible = {f"{sum(chosen):,}" for chosen in combinations(AMOUNTS.values(), rows)}
    assert len(question.choices) == 4
    assert set(question.choices) <= possible


def test_the_unit_stands_in_every_question() -> None:
    questions = offered(TableAggregate(), written(BUDGET, title="Minutes"))
    assert all("(in thousand EUR)" in question.text for question in questions)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| 420 |", "| 420* |"),
        ("| 420 |", "| 400–420 |"),
        ("| 420 |", "| |"),
        ("| 420 |", "| 420 kg |"),
        ("Data platform", "Rollout"),
        ("Training", "of which training"),
        ("| Hosting", "| Subtotal | 1,005 |\n| Hosting"),
        ("Planned", "Share of renewables (%)"),
    ],
)
def test_what_cannot_be_added_safely_is_not_added(old: str, new: str) -> None:
    questions = offered(TableAggregate(), written(BUDGET.replace(old, new), title="Minutes"))
    assert not re.search(r"sum|add up|average", texts(questions))


def test_prices_are_not_summed_but_their_difference_may_be_asked() -> None:
    questions = offered(TableAggregate(), written(BUDGET.replace("Planned", "Price"), title="Minutes"))
    assert "difference" in texts(questions)
    assert not re.search(r"sum|add up|average", texts(questions))
