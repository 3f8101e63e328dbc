"""Reads e-mails (EML, MHTML): subject, sender, date, the text, and the names of what is attached."""

import email
import email.policy
from email.message import EmailMessage, Message

from benchwright.documents.decode import decode
from benchwright.documents.html import parse_html
from benchwright.documents.html_blocks import write_html
from benchwright.documents.parsed import Parsed
from benchwright.documents.stated_dates import mail_date
from benchwright.documents.writing import MarkdownWriter, one_line
from benchwright.errors import DocumentRefused


def read(data: bytes, name: str) -> Parsed:
    """Return one message; its `Date` header is the publication date."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not message.keys():
        raise DocumentRefused("corrupted: the file has no e-mail headers")
    writer = MarkdownWriter()
    subject = _header(message, "Subject")
    writer.heading(subject, 1)
    for header in ("From", "To", "Cc", "Date"):
        if value := _header(message, header):
            writer.item(f"{header}: {value}")
    attached = [name for part in _parts(message) if (name := _write_part(writer, part))]
    if attached:
        writer.paragraph(f"Attachments: {', '.join(attached)}")
    warning = f"{len(attached)} attachment(s) not read: {', '.join(attached[:5])}" if attached else ""
    return Parsed(writer.text, title=subject, published=mail_date(_header(message, "Date")), warning=warning)


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


def _write_part(writer: MarkdownWriter, part: Message) -> str:
    """Write one leaf; return its name when it is an attachment instead."""
    kind = part.get_content_type()
    is_attached = part.get_content_disposition() == "attachment"
    if kind == "text/html" and not is_attached:
        root = parse_html(_text(part))
        if root is not None:
            write_html(writer, root)
        return ""
    if kind.startswith("text/") and not is_attached:
        for paragraph in _text(part).replace("\r\n", "\n").split("\n\n"):
            _write_paragraph(writer, paragraph)
        return ""
    return one_line(part.get_filename() or "") or (kind if is_attached else "")


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
