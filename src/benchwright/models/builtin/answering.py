"""How built-in models phrase what they chose, and the words for "I do not know"."""

from collections.abc import Sequence

from benchwright.records import Reply, Request, Usage

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

UNKNOWN: dict[str, str] = {"ko": "모르겠습니다.", "ja": "わかりません。", "zh": "我不知道。"}


def choose(choices: Sequence[str], index: int) -> Reply:
    """Answer with the letter and the text of one option, as the answering prompt asks."""
    label = LETTERS[index] if len(choices) <= len(LETTERS) else str(index + 1)
    return say(f"{label}. {choices[index]}")


def say(text: str) -> Reply:
    """Answer with `text`. A built-in model costs nothing and counts no tokens."""
    return Reply(text=text, usage=Usage(input_tokens=0, output_tokens=0), cost_usd=0.0)


def decline(language: str) -> Reply:
    """Say, in the language of the question, that the answer is not known."""
    text = UNKNOWN.get(language, "I don't know.")
    return Reply(
        text=text,
        state="refusal",
        reason="the model does not know",
        usage=Usage(input_tokens=0, output_tokens=0),
        cost_usd=0.0,
    )


def prompt_of(request: Request) -> str:
    """Return what was asked: the question's text, else the last thing the user said."""
    if request.question is not None:
        return request.question.text
    return next((turn.content for turn in reversed(request.messages) if turn.role == "user"), "")


def identity_of(request: Request) -> str:
    """Return what chance is drawn from: the question's id, else the prompt."""
    return request.question.id if request.question is not None else prompt_of(request)
