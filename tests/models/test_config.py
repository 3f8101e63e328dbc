import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from benchwright.errors import ConfigError, UnknownName
from benchwright.models.budget import Budget
from benchwright.models.config import Config, load_config
from benchwright.models.journaled import open_models

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "models.md"


def written(folder: Path, text: str) -> Path:
    path = folder / "benchwright.yaml"
    path.write_text(text, encoding="utf-8")
    return path


SHIPPED = json.loads((files("benchwright.models") / "benchwright.schema.json").read_text(encoding="utf-8"))


def test_no_file_is_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config()
    with pytest.raises(ConfigError, match="no such file"):
        load_config(tmp_path / "other.yaml")
    assert load_config(written(tmp_path, "# nothing yet\n")) == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("endpoints:\n  a:\n    ulr: http://x\n", r":3: unknown field `endpoints.a.ulr`; did you mean `url`\?"),
        ("endponts: {}\n", r":1: unknown field `endponts`; did you mean `endpoints`\?"),
        ("models:\n  a:\n    model: o/m\n    zzz: 1\n", r":4: unknown field `models.a.zzz`; known here: .*parameters"),
        ("endpoints:\n  a: {url: localhost}\n", r":2: `endpoints.a`: `url` is no address; .*http://"),
        ("budget_usd: -3\n", r":1: `budget_usd`: .*greater than 0.*\(it is -3\)"),
        ("budget_usd: lots\nconcurrency: 0\n", r":1: `budget_usd`: .*\(and 1 more\)"),
        (
            "models:\n  a:\n    model: o/m\n    template: 'Say {questoin}'\n",
            r"`template` has {questoin}; known: {choices}",
        ),
        ("models:\n  a:\n    model: o/m\n    template: Hello\n", r"would not see the question"),
        ("models:\n  - a\n", r":1: `models`: .*dictionary"),
        ("models:\n a: {\n", r":\d+: not readable as YAML"),
        ("- a\n", r":1: a mapping with `models:`.* not list"),
    ],
)
def test_a_mistake_names_line_field_and_the_close_name(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load_config(written(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_key_written_into_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = written(tmp_path, "endpoints:\n  a:\n    url: http://x\n    key: sk-proj-abc.def-123\n")
    with pytest.raises(ConfigError, match="name of an environment variable") as caught:
        load_config(path)
    assert "sk-proj" not in str(caught.value)


async def test_an_unknown_model_lists_the_close_names() -> None:
    config = Config.model_validate({"models": {"careful": {"model": "ollama/llama3"}}})
    with pytest.raises(UnknownName, match="did you mean `careful`"):
        async with open_models(["carefull"], config):
            pass


def yaml_examples() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(yaml_examples())))
def test_every_example_of_the_how_to_is_a_valid_configuration(number: int, tmp_path: Path) -> None:
    text = yaml_examples()[number]
    load_config(written(tmp_path, text))
    jsonschema.validate(yaml.safe_load(text), SHIPPED)


async def test_the_twenty_line_example_opens_every_model_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = yaml_examples()[0]
    assert len(text.splitlines()) <= 20
    for variable in ("OPENAI_API_KEY", "COMPANY_KEY"):
        monkeypatch.setenv(variable, "set")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_app.py").write_text("def answer(question):\n    return question\n")
    monkeypatch.syspath_prepend(tmp_path)
    config = load_config(written(tmp_path, text))
    async with open_models(list(config.models), config, budget=Budget(None)) as models:
        assert list(models) == list(config.models)
