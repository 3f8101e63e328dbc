"""Reads e-mails (EML, MHTML): subject, sender, date and text; what is attached is found for readers of its own."""

import email
import email.policy
import mimetypes
from email.message import EmailMessage, Message

from benchwright.documents.decode import decode
from benchwright.documents.html import parse_html
from benchwright.documents.html_blocks import write_html
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import mail_date
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused

_SIGNATURES = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))


def read(data: bytes, name: str) -> Parsed:
    """Return one message; its `Date` header is the publication date."""
    message = _message(data)
    if not message.keys():
        raise DocumentRefused("corrupted: the file has no e-mail headers")
    writer = MarkdownWriter()
    subject = _header(message, "Subject")
    writer.heading(subject, 1)
    for header in ("From", "To", "Cc", "Date"):
        if value := _header(message, header):
            writer.item(f"{header}: {value}")
    parts = _parts(message)
    for part in parts:
        if not _is_attached(part):
            _write_part(writer, part)
    attached = [part for part in parts if _is_attached(part)]
    if attached:
        writer.paragraph(f"Attachments: {', '.join(_name(part, n) for n, part in enumerate(attached, 1))}")
    return Parsed(writer.text, title=subject, published=mail_date(_header(message, "Date")))


def attachments(data: bytes) -> list[str]:
    """The names of what is attached to the message `data`: pictures within its text and signatures are not."""
    return [_name(part, n) for n, part in enumerate(_attached(data), 1)]


def attachment(data: bytes, index: int) -> bytes:
    """The content of one of `attachments`."""
    body = _attached(data)[index].get_payload(decode=True)
    if not isinstance(body, bytes):
        raise DocumentRefused("corrupted: the attachment cannot be decoded")
    return body


def _attached(data: bytes) -> list[Message]:
    return [part for part in _parts(_message(data)) if _is_attached(part)]


def _message(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def _is_attached(part: Message) -> bool:
    kind = part.get_content_type()
    if kind in _SIGNATURES or (part.get_content_maintype() == "image" and part["Content-ID"]):
        return False
    is_text = kind.startswith("text/") and part.get_content_disposition() != "attachment"
    return not is_text and (part.get_content_disposition() == "attachment" or bool(part.get_filename()))


def _name(part: Message, number: int) -> str:
    """The name of an attachment, without the folders a sender put before it."""
    stated = one_line((part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1])
    return stated or f"attachment {number}{mimetypes.guess_extension(part.get_content_type()) or ''}"


def _header(message: Message, name: str) -> str:
    try:
        return one_line(str(message.get(name) or ""))
    except (ValueError, IndexError, LookupError):
        # The standard library fails on some malformed headers; such a header says nothing.
        return ""


def _parts(message: EmailMessage) -> list[Message]:
    """The leaves of a message; of alternatives the plainest that has text."""
    if message.get_content_type() == "multipart/alternative":
        choices = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        order = {"text/plain": 0, "text/html": 1}
        choices.sort(key=lambda part: order.get(part.get_content_type(), 2))
        best = next((part for part in choices if part.get_content_maintype() != "text" or _text(part).strip()), None)
        return _parts(best) if best is not None else []
    if message.is_multipart():
        return [leaf for part in message.iter_parts() if isinstance(part, EmailMessage) for leaf in _parts(part)]
    return [message]


def _write_part(writer: MarkdownWriter, part: Message) -> None:
    """Write one leaf that is text."""
    if part.get_content_type() == "text/html":
        root = parse_html(_text(part))
        if root is not None:
            write_html(writer, root)
    elif part.get_content_maintype() == "text":
        for paragraph in _text(part).replace("\r\n", "\n").split("\n\n"):
            _write_paragraph(writer, paragraph)


def _write_paragraph(writer: MarkdownWriter, paragraph: str) -> None:
    """Quoted lines stay quoted, list lines stay lines, other lines are joined."""
    lines = [line.rstrip() for line in paragraph.split("\n") if line.strip()]
    if any(line.lstrip().startswith((">", "-", "*", "•")) or ": " in line[:30] for line in lines):
        writer.raw("\n".join(one_line(line) if not line.startswith(">") else line for line in lines))
    else:
        writer.paragraph(" ".join(lines))


def _text(part: Message) -> str:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        return ""
    return decode(body, declared=part.get_content_charset() or "").text
