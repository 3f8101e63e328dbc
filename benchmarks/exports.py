"""Do the real consumers run what `benchwright export` writes? inspect and lm-eval, in an environment of their own."""

import subprocess
import sys
import tempfile
import venv
from importlib import resources
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bars import Bar

from benchwright.export.harnesses import export_benchmark
from benchwright.workflows.generate import generate

INSPECT = """
from task import answers, choices
asked, free = choices(), answers()
assert all(0 <= "ABCDEFGHIJ".index(sample.target) < len(sample.choices) for sample in asked.dataset)
print(len(asked.dataset), len(free.dataset))
"""
LM_EVAL = """
import sys
from lm_eval import simple_evaluate
from lm_eval.tasks import TaskManager
manager = TaskManager(include_path=sys.argv[1], include_defaults=False)
found = simple_evaluate(model="dummy", tasks=["task", "task_generate"], task_manager=manager, limit=20)["results"]
print(found["task"]["sample_len"], found["task_generate"]["sample_len"])
"""


def run() -> list[Bar]:
    """One bar a consumer."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        documents = Path(str(resources.files("benchwright.demo"))) / "documents"
        made = generate(documents / "en", folder / "benchmark", questions=60).benchmark
        python = _environment(folder / "venv")
        choice = sum(question.form == "choice" for question in made.questions)
        export_benchmark(made, "inspect", folder / "inspect" / "task")
        export_benchmark(made, "lm-eval", folder / "lm" / "task")
        return [
            _bar(
                "inspect loads both tasks",
                [python, "-c", INSPECT],
                folder / "inspect" / "task",
                f"{choice} {len(made.questions) - choice}",
            ),
            _bar(
                "lm-eval runs the task and its twin (dummy model)",
                [python, "-c", LM_EVAL, str(folder / "lm" / "task")],
                folder / "lm" / "task",
                "20 20",
            ),
            Bar("lighteval runs its task", "not tried: its installation brings torch", "runs"),
        ]


def _environment(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "-qq", "inspect-ai", "lm-eval"], check=True, timeout=900, capture_output=True
    )
    return python


def _bar(name: str, command: list[str], where: Path, wanted: str) -> Bar:
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, timeout=600, check=False)
    said = done.stdout.strip().splitlines()[-1:] or done.stderr.strip().splitlines()[-1:] or ["nothing"]
    return Bar(name, f"{said[0][:80]} questions", f"{wanted} questions", said[0] == wanted)
