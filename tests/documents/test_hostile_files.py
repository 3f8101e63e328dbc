"""Folders, mails and addresses by somebody who means harm."""

import email.message
import http.client
import io
import time
import urllib.request
from pathlib import Path

import pytest

from benchwright.documents import addresses, gather
from benchwright.documents.gather import Limits
from benchwright.documents.load import load_files
from benchwright.errors import DocumentRefused

TEXT = "The pump of the north hall is checked each Monday by two people, and what they find is written down.\n"


def test_a_link_out_of_the_named_folder_is_not_followed(tmp_path: Path) -> None:
    secret, folder = tmp_path / "id_rsa", tmp_path / "documents"
    secret.write_text("SECRET " + TEXT)
    folder.mkdir()
    (folder / "notes.txt").write_text(TEXT)
    (folder / "again.txt").symlink_to(folder / "notes.txt")
    (folder / "readme.txt").symlink_to(secret)
    result = load_files(folder)
    assert ["SECRET" in document.text for document in result.documents] == [False]
    (refused,) = [file for file in result.files if file.status == "refused"]
    assert refused.path == "readme.txt"
    assert "a link out of this folder" in refused.reason
    assert "SECRET" in load_files(folder / "readme.txt").documents[0].text, "what is named itself is meant"


def test_headers_that_take_hours_end_with_the_time_of_one_file(tmp_path: Path) -> None:
    quotes = '"' * 400_000
    (tmp_path / "slow.eml").write_text(f"From: a@b.c\nContent-Type: {quotes}\n\n{TEXT}")
    (tmp_path / "good.txt").write_text(TEXT)
    started = time.monotonic()
    result = load_files(tmp_path, limits=Limits(timeout_s=2.0))
    assert time.monotonic() - started < 60
    assert [document.path for document in result.documents] == ["good.txt"]


def test_of_a_mail_with_attachments_without_end_the_first_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "MOST_ATTACHED", 2)
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "a@b.c", "Pumps"
    message.set_content(TEXT)
    for number in range(4):
        message.add_attachment(f"{number}: {TEXT}", filename=f"{number}.txt")
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    result = load_files(tmp_path)
    assert [document.path for document in result.documents] == ["mail.eml", "mail.eml/0.txt", "mail.eml/1.txt"]
    assert "only the first 2 of 4 attachments" in result.files[-1].reason


def test_another_site_cannot_send_us_to_what_runs_on_this_machine() -> None:
    redirects = addresses.SafeRedirects()
    for target in ("http://127.0.0.1:11434/api/tags", "https://localhost/", "http://[::1]/"):
        request = urllib.request.Request("https://example.org/a.html")
        with pytest.raises(DocumentRefused, match="on to this machine"):
            redirects.redirect_request(request, io.BytesIO(), 302, "", http.client.HTTPMessage(), target)
    local = urllib.request.Request("http://127.0.0.1:1/a.html")
    assert redirects.redirect_request(
        local, io.BytesIO(), 302, "", http.client.HTTPMessage(), "http://127.0.0.1:1/b.html"
    )
