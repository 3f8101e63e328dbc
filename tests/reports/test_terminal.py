from benchwright.reports.terminal import PLOT, folded, interval_line, print_report


def test_the_terminal_shows_leader_intervals_and_blind_spots(report, capsys):
    print_report(report)
    shown = capsys.readouterr().out
    assert "lab/<b>good</b> leads" in shown
    assert "95 % interval" in shown
    assert "Not tested:" in shown
    assert "━" in shown
    assert max(len(line) for line in shown.splitlines()) <= 100


def test_the_drawn_interval_runs_from_low_to_high(report):
    row = next(row for row in report.board.rows if row.model == "lab/poor" and row.condition == "passage")
    line = interval_line(row, None)
    assert len(line) == PLOT
    drawn = [place for place, sign in enumerate(line) if sign in "━●"]
    assert abs(drawn[0] / (PLOT - 1) - row.tally.score.low) < 1 / PLOT
    assert abs(drawn[-1] / (PLOT - 1) - row.tally.score.high) < 1 / PLOT


def test_a_long_name_breaks_behind_its_own_separators():
    assert folded("maker/Model-Name-70B-Instruct", 16) == "maker/Model-\nName-70B-\nInstruct"


def test_a_name_without_separators_stays_whole():
    assert folded("a" * 40, 16) == "a" * 40
