import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from benchwright.errors import ConfigError, InputError
from benchwright.models.config import load_config
from benchwright.workflows.init import file_schema, initialise, order_of


def test_the_written_file_reads_back_as_the_brief_ordered(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    path = initialise(
        [str(tmp_path / "docs")],
        brief="40 hard true/false questions on refunds, in Korean, under 2.50 dollars",
        folder=tmp_path,
        writers=["openai/writer"],
    )
    config = load_config(path)
    order = order_of(config)
    assert config.budget_usd == 2.5
    assert config.writers == ("openai/writer",)
    assert (order.questions, order.language, order.topics) == (40, "ko", "refunds")
    assert set(order.kinds) == {"true_false"}


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "benchwright.yaml").write_text("models: {}\n")
    with pytest.raises(InputError, match="--overwrite"):
        initialise([], folder=tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        initialise([str(tmp_path / "nowhere")], folder=tmp_path)


def test_an_unknown_field_of_the_order_is_named(tmp_path: Path) -> None:
    path = tmp_path / "benchwright.yaml"
    path.write_text("writing:\n  question: 5\n")
    with pytest.raises(ConfigError, match=r"writing\.question"):
        order_of(load_config(path))
    with pytest.raises(ConfigError, match="did you mean `questions`"):
        order_of(load_config(path))


def test_the_schema_that_ships_and_the_one_beside_the_file_are_those_of_the_code(tmp_path: Path) -> None:
    shipped = json.loads((files("benchwright.models") / "benchwright.schema.json").read_text(encoding="utf-8"))
    assert shipped == file_schema()
    (tmp_path / "docs").mkdir()
    path = initialise([str(tmp_path / "docs")], folder=tmp_path)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    beside = tmp_path / first.partition("$schema=")[2]
    assert json.loads(beside.read_text(encoding="utf-8")) == shipped
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), shipped)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"writing": {"qestions": 3}}, shipped)


def test_a_brief_names_documents_by_file_or_by_title(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "customer-faq.md").write_text("# Questions of customers\n", encoding="utf-8")
    (folder / "terms.md").write_text("\n# 모루상사 렌털 약관\n", encoding="utf-8")
    for brief, name in (
        ("20 questions from the customer faq", "customer-faq.md"),
        ("20 questions based on terms.md only", "terms.md"),
        ("약관에서 위약금을 묻는 질문 20개", "terms.md"),
    ):
        path = initialise([str(folder)], brief=brief, folder=tmp_path, overwrite=True)
        assert load_config(path).documents == (str(folder / name),)
    with pytest.raises(ConfigError, match=r"'price list'.*customer-faq\.md, terms\.md"):
        initialise([str(folder)], brief="20 questions from the price list", folder=tmp_path, overwrite=True)


def test_a_brief_with_parts_becomes_a_list_that_a_person_reads(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    brief = "20 easy true/false and 10 hard essay questions, in Korean, under 3 dollars"
    path = initialise([str(tmp_path / "docs")], brief=brief, folder=tmp_path, writers=["openai/writer"])
    written = yaml.safe_load(path.read_text(encoding="utf-8"))["writing"]
    assert written["language"] == "ko"
    assert written["parts"][0] == {"questions": 20, "kinds": "true_false", "reach": "single", "difficulty": "easy"}
    assert written["parts"][1]["forms"] == "open"
    order = order_of(load_config(path))
    assert [(part.questions, set(part.difficulty)) for part in order.parts] == [(20, {"easy"}), (10, {"hard"})]
    assert [part.questions for part in order_of(load_config(path), questions=60).parts] == [40, 20]
    schema = json.loads((tmp_path / ".benchwright/benchwright.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"writing": {"parts": [{"kinds": "factual"}]}}, schema)


def test_an_unknown_field_of_a_part_is_named(tmp_path: Path) -> None:
    path = tmp_path / "benchwright.yaml"
    path.write_text("writing:\n  parts:\n  - {questions: 5, kind: factual}\n")
    with pytest.raises(ConfigError, match=r"writing\.parts\.0\.kind.*did you mean `kinds`"):
        order_of(load_config(path))
