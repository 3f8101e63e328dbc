from dataclasses import replace

from benchwright.reports.standing import standing
from benchwright.reports.verdict import verdict


def test_the_answer_names_the_leader_its_interval_and_the_next(report):
    said = verdict(report)
    assert said.headline == "`lab/<b>good</b>` leads"
    assert "scores 100.0\u00a0% over 24 answers" in said.lede
    assert "`lab/poor`" in said.lede


def test_the_smallest_visible_difference_is_said(report):
    smallest = report.board.smallest_detectable_difference
    assert any(f"{smallest * 100:.1f}" in line for line in verdict(report).sure)


def test_a_problem_with_the_whole_set_is_a_caution(report):
    assert any(line.startswith("CUR020") for line in verdict(report).trust)


def test_models_that_cannot_be_told_apart_lead_together(report):
    main = report.main
    both = replace(main, leaders=(*main.leaders, *main.behind), behind=())
    assert verdict(replace(report, standings=(both,))).headline == "No model stands out: all 2 are tied"


def test_a_leader_no_better_than_chance_is_no_leader(report):
    guessing = replace(report.main, beats_chance=False)
    assert verdict(replace(report, standings=(guessing,))).headline == "No model is better than guessing"


def test_what_to_decide_names_the_model_its_weak_kinds_and_what_reading_is_worth(report):
    choice, *rest = verdict(report).decide
    assert choice == "If right answers decide, take `lab/<b>good</b>`."
    assert any("Seeing the source" in line for line in rest)


def test_tied_models_are_chosen_by_what_they_cost(report):
    main = report.main
    rows = [replace(row, cost_usd=cost) for row, cost in zip((*main.leaders, *main.behind), (0.24, 0.06), strict=True)]
    tied = replace(report, standings=(replace(main, leaders=tuple(rows), behind=()),))
    (choice, *_) = verdict(tied).decide
    assert "nothing decides among these 2" in choice
    assert "A thousand answers cost $2.50 from `lab/poor` and $10.00 from `lab/<b>good</b>`" in choice


def test_a_leader_that_a_word_counter_equals_is_said(report):
    good = report.board.row("lab/<b>good</b>", "passage")
    reader = replace(good, model="builtin/bm25", tied_with=(good.model,))
    leader = replace(good, tied_with=("builtin/bm25",))
    board = replace(report.board, rows=(reader, leader))
    found = replace(report, board=board, standings=(standing(board, "passage"),))
    assert [row.model for row in found.main.leaders] == [good.model]
    assert any("only compares words" in line for line in verdict(found).trust)
