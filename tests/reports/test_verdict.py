from dataclasses import replace

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
