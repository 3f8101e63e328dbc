import json
import subprocess
import sys
from pathlib import Path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchwright", "documents", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_json_says_what_became_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 2024-03-15\n---\n\n# Minutes\n\nThe board met and it was late.\n")
    (tmp_path / "b.txt").write_bytes(b"")
    result = run(str(tmp_path), "--json")
    assert result.returncode == 0
    rows = json.loads(result.stdout)["documents"]
    assert [(row["path"], row["status"]) for row in rows] == [("a.md", "loaded"), ("b.txt", "refused")]
    assert (rows[0]["title"], rows[0]["date"], rows[0]["language"]) == ("Minutes", "2024-03-15", "en")
    assert rows[1]["reason"].startswith("empty")


def test_the_table_names_each_file_and_nothing_loaded_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"")
    result = run(str(tmp_path))
    assert result.returncode == 1
    assert "b.txt" in result.stdout
    assert "error: `" in result.stderr


def test_what_is_piped_is_not_cut(tmp_path: Path) -> None:
    name = f"{'minutes of the board ' * 8}.md"
    title = f"What was decided {'and why ' * 20}".strip()
    (tmp_path / name).write_text(f"# {title}\n\nThe board met and it was late.\n")
    lines = run(str(tmp_path)).stdout.splitlines()
    assert name in lines[1]
    assert title in lines[1]
