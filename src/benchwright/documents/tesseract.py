"""OCR with the `tesseract` program, in the languages named or in those of each page's script."""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchwright.documents.ocr import PageImage, Recognised
from benchwright.errors import DocumentRefused, InputError

# ISO 639-1, as documents state it → the name of tesseract's model.
_MODELS = {
    "ar": "ara",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "hi": "hin",
    "hu": "hun",
    "id": "ind",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sv": "swe",
    "th": "tha",
    "tr": "tur",
    "uk": "ukr",
    "vi": "vie",
    "zh": "chi_sim",
}
# What the detection of script says → models that read it; those that are installed are used together.
_BY_SCRIPT = {
    "Latin": ("eng", "deu", "fra", "spa", "ita", "por"),
    # These models know Latin letters; beside them, the English one takes their words for its own.
    "Hangul": ("kor",),
    "Korean": ("kor",),
    "Japanese": ("jpn",),
    "Han": ("chi_sim", "chi_tra"),
    "Cyrillic": ("rus", "ukr", "eng"),
    "Arabic": ("ara", "eng"),
    "Hebrew": ("heb", "eng"),
    "Thai": ("tha", "eng"),
    "Greek": ("ell", "eng"),
    "Devanagari": ("hin", "eng"),
}
# One column of lines, and one block: what finds more where the full analysis left ink unread.
_SIMPLER_LAYOUTS = ("4", "6")
_SOME_INK = 0.02
_INSTALL = "Debian and Ubuntu: apt-get install tesseract-ocr; macOS: brew install tesseract"


@dataclass(frozen=True)
class Tesseract:
    """`languages` are tesseract's names with a plus between them; empty: chosen for each page by its script."""

    languages: str = ""
    timeout_s: float = 180.0

    @property
    def name(self) -> str:
        """The program with its version, and the languages."""
        return f"tesseract {_version()} {self.languages or 'by script'}"

    @property
    def at_once(self) -> int:
        """One page a core: each page runs on one."""
        return max(1, os.cpu_count() or 1)

    def read_page(self, image: PageImage) -> str:
        """Return the Markdown of one page; lines that are guesses are left out."""
        # Imported late: only a page that is read needs the XML, PDF and picture libraries.
        from benchwright.documents.hocr import markdown_of, sure_letters, unread_ink

        languages = self.languages or self._by_script(image)
        best = self._recognised(image, languages, "1" if _has("osd") else "3")
        for layout in _SIMPLER_LAYOUTS:
            if unread_ink(image, best) < _SOME_INK:
                break
            # Its layout analysis passes over narrow columns of a table, and finds columns in short Korean pages.
            simpler = self._recognised(image, languages, layout)
            if sure_letters(simpler) > 1.03 * sure_letters(best):
                best = simpler
        return markdown_of(best)

    def _recognised(self, image: PageImage, languages: str, layout: str) -> Recognised:
        # Korean is set across; looking for upright columns finds some in any short page.
        across = ("-c", "textord_tabfind_vertical_text=0") if languages == "kor" else ()
        with tempfile.TemporaryDirectory(prefix="benchwright-") as folder:
            self._run(image, f"{folder}/page", "-l", languages, "--psm", layout, *across, "txt", "hocr")
            page = Path(folder)
            return Recognised((page / "page.hocr").read_bytes(), (page / "page.txt").read_text(encoding="utf-8"))

    def _by_script(self, image: PageImage) -> str:
        if not _has("osd"):
            return "eng" if _has("eng") else installed_models()[0]
        try:
            said = self._run(image, "stdout", "--psm", "0").decode("utf-8", "replace")
        except DocumentRefused:
            # Too few letters to tell the script.
            said = ""
        found = re.search(r"Script: (\w+)", said)
        script = found[1] if found else "Latin"
        wanted = _BY_SCRIPT.get(script, ("eng",))
        models = [model for model in wanted if _has(model)]
        if not models or (wanted[0] != "eng" and models == ["eng"]):
            raise DocumentRefused(
                f"its script is {script}, and tesseract lacks the model `{wanted[0]}`: apt-get install "
                f"tesseract-ocr-{wanted[0].replace('_', '-')}, or name others with --ocr-languages"
            )
        return "+".join(models)

    def _run(self, image: PageImage, output: str, *options: str) -> bytes:
        try:
            done = subprocess.run(
                ["tesseract", "stdin", output, *options],
                input=image.png,
                capture_output=True,
                timeout=self.timeout_s,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise DocumentRefused(f"OCR took over {self.timeout_s:g} s") from error
        except OSError as error:
            raise DocumentRefused(f"tesseract could not be started: {error.strerror or error}") from error
        if done.returncode:
            words = " ".join(done.stderr.decode("utf-8", "replace").split())[-160:]
            raise DocumentRefused(f"tesseract could not read it: {words or done.returncode}")
        return done.stdout


def tesseract(languages: str = "") -> Tesseract:
    """Return the OCR of the installed program; `languages` such as `ko,en` or `kor+eng`.

    Raises `InputError` where the program or a language is missing, with the line that installs it.
    """
    if shutil.which("tesseract") is None:
        raise InputError(f"--ocr tesseract: the program `tesseract` is not installed ({_INSTALL})")
    models = [_MODELS.get(name.lower(), name) for name in re.split(r"[+,\s]+", languages) if name]
    missing = [model for model in models if not _has(model)]
    if missing:
        raise InputError(
            f"--ocr-languages: tesseract has no model `{missing[0]}` (installed: {', '.join(installed_models())}); "
            f"Debian and Ubuntu: apt-get install tesseract-ocr-{missing[0].replace('_', '-')}"
        )
    return Tesseract("+".join(models))


@cache
def installed_models() -> tuple[str, ...]:
    """Return the names of the language models that the installed tesseract has."""
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout
    return tuple(line.strip() for line in said.splitlines()[1:] if line.strip())


@cache
def _version() -> str:
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False).stdout
    return said.split("\n", 1)[0].removeprefix("tesseract").strip()


def _has(model: str) -> bool:
    return model in installed_models()
