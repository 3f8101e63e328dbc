"""Small PDF files written by hand, so that tests need no PDF writer."""

from collections.abc import Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(
    *pages: str,
    picture: bool = False,
    encrypted: bool = False,
    tab: int = 120,
    rules: Sequence[tuple[float, float, float, float]] = (),
) -> bytes:
    """Return a PDF with one page a text; each line `SIZE TEXT` of a text is set in that size, top down.

    A text without a size is one line in 11 points; a tab moves `tab` points on. `picture` puts an image on each page,
    and `rules` are lines drawn on each, from a point to another.
    """
    drawn = b"".join(b"%.1f %.1f m %.1f %.1f l S\n" % rule for rule in rules)
    objects: list[bytes] = [b"", b"", _FONT]
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream"
    )
    kids: list[bytes] = []
    for page in pages:
        content = drawn + _content(page, tab) + (b"q 400 0 0 600 50 50 cm /I Do Q\n" if picture else b"")
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(content), content))
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>" % len(objects)
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    lock = b""
    if encrypted:
        objects.append(
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"5a" * 32, b"a5" * 32)
        )
        lock = b" /Encrypt %d 0 R /ID [<0123456789abcdef> <0123456789abcdef>]" % len(objects)
    return _written(objects, lock)


def _content(page: str, tab: int) -> bytes:
    parts = [b"BT\n"]
    height = 790.0
    for line in page.split("\n"):
        size, _, text = line.partition(" ") if line[:1].isdigit() else ("11", "", line)
        height -= 1.25 * float(size)
        for left, cell in enumerate(text.split("\t")):
            shown = cell.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("latin-1")
            parts.append(b"/F %s Tf 1 0 0 1 %d %.1f Tm (%s) Tj\n" % (size.encode(), 60 + tab * left, height, shown))
    return b"".join(parts) + b"ET\n"


def _written(objects: list[bytes], lock: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, lock, start)
