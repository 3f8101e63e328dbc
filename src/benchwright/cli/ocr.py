"""The options `--ocr` and `--ocr-languages`, the same for every command that reads documents."""

from collections.abc import Callable
from typing import Any

import click


def ocr_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command; its function gets `ocr` and `ocr_languages`, empty where not given."""
    languages = "As `ko,en`; left out: by the script of each page."
    what = "Read pages that are pictures: `tesseract`, or a vision model as PROVIDER/MODEL."
    command = click.option("--ocr-languages", default="", help=languages, metavar="LANGUAGES")(command)
    return click.option("--ocr", default="", metavar="NAME", help=what)(command)
