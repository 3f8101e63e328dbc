"""Which OCR a name such as `tesseract` means, for every command that reads documents."""

from benchwright.documents import Ocr, tesseract
from benchwright.errors import InputError, unknown_name

KNOWN = ("tesseract",)


def find_ocr(name: str, languages: str = "") -> Ocr | None:
    """Return what `--ocr NAME` means; nothing where no name is given.

    Raises `InputError` where it is not installed or lacks a language, `UnknownName` for any other name.
    """
    if not name:
        if languages:
            raise InputError("--ocr-languages says in which languages to read; say with what: --ocr tesseract")
        return None
    if name == "tesseract":
        return tesseract(languages)
    raise unknown_name("OCR", name, KNOWN)
