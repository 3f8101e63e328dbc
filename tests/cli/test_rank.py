import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shared_data import SHARED, requires_shared

FIELDS = {"model", "rating", "low", "high", "se", "rank", "rank_low", "rank_high", "votes", "flags"}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchwright", "rank", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env=os.environ | {"COLUMNS": "100"},
    )


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    path = tmp_path / "votes.csv"
    battles = ["x,y,a", "y,z,tie", "z,x,b", "y,x,a", "z,y,a", "x,z,b"] * 40
    rows = [
        f"{battle},v{n % 7},q{n % 9},{'en' if n % 3 else 'ko'},{40 + n % 13},{50 - n % 11},{1700000000 + 3600 * n}"
        for n, battle in enumerate(battles)
    ]
    path.write_text("model_a,model_b,winner,voter,prompt_id,language,len_a,len_b,time\n" + "\n".join(rows) + "\n")
    return path


def test_json_has_the_promised_shape_and_the_same_bytes_each_time(votes: Path) -> None:
    first, second = run(votes, "--json"), run(votes, "--json")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    said = json.loads(first.stdout)
    assert {"method", "votes", "dropped", "models", "covariates", "pairs", "warnings", "fingerprint"} <= said.keys()
    assert said["votes"] == 240
    assert said["dropped"] == 0
    assert all(row.keys() >= FIELDS for row in said["models"])
    assert all(pair.keys() >= {"a", "b", "votes", "win_rate", "p_a_better"} for pair in said["pairs"])


def test_everything_at_once_makes_one_page_without_the_network(votes: Path, tmp_path: Path) -> None:
    page = tmp_path / "board.html"
    done = run(
        votes, "--html", page, "--style", "--side", "--slice", "language", "--weights", "en=2,ko=1", "--windows", "3",
        "--audit", "--variants", "lab=x,y", "--voter-cap", "30", "--anchor", "x=1000",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    html = page.read_text(encoding="utf-8")
    for said in (
        "Leaderboard",
        "What moves a vote",
        "How firm",
        "Who beats whom",
        "Slices",
        "Change over time",
        "Voters",
    ):
        assert said in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in html
    assert "length" in html
    again = tmp_path / "again.html"
    run(
        votes, "--html", again, "--style", "--side", "--slice", "language", "--weights", "en=2,ko=1", "--windows", "3",
        "--audit", "--variants", "lab=x,y", "--voter-cap", "30", "--anchor", "x=1000",
    )  # fmt: skip
    assert again.read_bytes() == page.read_bytes()


def test_a_model_name_cannot_become_markup(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    nasty = "<img src=x onerror=alert(1)>"
    path.write_text(f"model_a,model_b,winner,language\n{nasty},y,a,</script>\n" * 1 + f"y,{nasty},a,</script>\n" * 20)
    page = tmp_path / "board.html"
    assert run(path, "--html", page, "--slice", "language").returncode == 0
    assert "<img" not in page.read_text(encoding="utf-8")
    assert "</script></" not in page.read_text(encoding="utf-8").replace("</script>\n", "")


def test_an_unknown_outcome_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("model_a,model_b,winner\nx,y,a\nx,y,lft\n")
    done = run(path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: row 2 of")
    assert "`lft`" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    kept = run(path, "--skip-invalid", "--json")
    assert json.loads(kept.stdout)["dropped"] == 1


@pytest.mark.parametrize("wrong", [["--anchor", "x"], ["--weights", "en"], ["--variants", "x"], ["--method", "glicko"]])
def test_wrong_options_are_wrong_usage(votes: Path, wrong: list[str]) -> None:
    assert run(votes, *wrong).returncode == 2


@pytest.mark.parametrize("method", ["rao-kupper", "davidson", "elo"])
def test_other_methods_run(votes: Path, method: str) -> None:
    done = run(votes, "--method", method, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["method"] == method


@requires_shared
def test_gpt_4_leads_the_llmfao_votes() -> None:
    said = json.loads(run(SHARED / "votes/llmfao_votes.csv", "--json").stdout)
    assert said["models"][0]["model"] == "GPT 4"
    assert said["models"][0]["rating"] == pytest.approx(1172.13, abs=0.005)
    assert said["intervals"] == "clustered by voter and prompt"
    anchored = json.loads(run(SHARED / "votes/llmfao_votes.csv", "--json", "--anchor", "GPT 4=1000").stdout)
    assert anchored["models"][0]["rating"] == 1000
