"""Do the real consumers run what `benchwright export` writes? Each in an environment of its own.

lighteval brings torch, two gigabytes: `BENCHWRIGHT_LIGHTEVAL` names the python of an environment that has it already.
"""

import os
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
LIGHTEVAL = """
import sys
from lighteval.logging.evaluation_tracker import EvaluationTracker
from lighteval.models.dummy.dummy_model import DummyModelConfig
from lighteval.pipeline import ParallelismManager, Pipeline, PipelineParameters
from lighteval.tasks.registry import Registry
# lighteval's own tasks fetch from the network when they are loaded; only ours is asked for.
Registry._load_from_files = Registry._load_from_subdirs = staticmethod(lambda *_: {})
how = PipelineParameters(launcher_type=ParallelismManager.NONE, custom_tasks_directory=sys.argv[1])
tracker = EvaluationTracker(output_dir=sys.argv[2], save_details=False)
pipeline = Pipeline(
    tasks="task|0", pipeline_parameters=how, evaluation_tracker=tracker, model_config=DummyModelConfig(seed=1)
)
pipeline.evaluate()
assert 0 <= pipeline.get_results()["results"]["task:0"]["acc"] <= 1
print(sum(len(each) for each in tracker.details_logger.details.values()))
"""


def run() -> list[Bar]:
    """One bar a consumer."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        documents = Path(str(resources.files("benchwright.demo"))) / "documents"
        made = generate(documents / "en", folder / "benchmark", questions=60).benchmark
        python = _environment(folder / "venv", "inspect-ai", "lm-eval")
        choice = sum(question.form == "choice" for question in made.questions)
        export_benchmark(made, "inspect", folder / "inspect" / "task")
        export_benchmark(made, "lm-eval", folder / "lm" / "task")
        export_benchmark(made, "lighteval", folder / "light" / "task")
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
            _bar(
                "lighteval runs its task (dummy model)",
                [_lighteval(folder / "heavy"), "-c", LIGHTEVAL, "task.py", str(folder / "results")],
                folder / "light" / "task",
                str(choice),
            ),
        ]


def _environment(folder: Path, *packages: str) -> str:
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True, timeout=1800, capture_output=True)
    return python


def _lighteval(folder: Path) -> str:
    """The python of an environment with lighteval; its release does not know the hashing library's latest one."""
    return os.environ.get("BENCHWRIGHT_LIGHTEVAL") or _environment(folder, "lighteval==0.13.0", "torch", "xxhash<3.6")


def _bar(name: str, command: list[str], where: Path, wanted: str) -> Bar:
    offline = {**os.environ, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=where, env=offline, capture_output=True, text=True, timeout=600, check=False)
    said = done.stdout.strip().splitlines()[-1:] or done.stderr.strip().splitlines()[-1:] or ["nothing"]
    return Bar(name, f"{said[0][:80]} questions", f"{wanted} questions", said[0] == wanted)
