"""Floor 3, sources: the bytes of a web page -> its text, as browsers read it, and what could not be read as it should.

In this order: a byte order mark; text that is UTF-8 throughout, whatever it is labelled; what the server says; what
the page says; what the bytes look like. Single bytes that are not UTF-8 in a page that otherwise is were pasted in
from Windows: they are read as such and named.
"""

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.kinds import SIGNATURES

MOST_BYTES = 10_000_000
#: Where a page may name its encoding (the standard says 1,024, but editors put long comments above it).
HEAD_BYTES = 4096
#: How much is looked at where nothing is said of the encoding.
SAMPLE_BYTES = 100_000

#: Longer marks first. Source: WHATWG Encoding, section "BOM sniff"; UTF-32 is no encoding of the web.
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

#: What browsers read where a page says something narrower. Source: WHATWG Encoding, section "Names and labels".
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
#: A page that can be read so far that it names UTF-16 is not UTF-16. Source: HTML, "prescan a byte stream".
NOT_IN_META = {"utf-16", "utf-16-le", "utf-16-be", "utf-7"}

#: What pages without a label were written in. Without the list, old Macintosh encodings win by a letter.
CANDIDATES = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
)

META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
STRAYS = regex("[\udc80-\udcff]")


def text_of(data: bytes, *, charset: str) -> tuple[str, tuple[Removal, ...]]:
    """The text of a page, and what in it is in another encoding than the rest. ``charset`` is what the server said.

    Raises:
        SourceError: it is no text, or more than 10 MB of it.
    """
    _refuse_too_long(data)
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ()
    _refuse_binary(data)
    mixed = data.decode("utf-8", errors="surrogateescape")
    strays = STRAYS.findall(mixed)
    if not strays:
        return mixed, ()
    encoding = _known(charset) or _named(data) or _likely(data, mixed=mixed, strays=len(strays))
    if encoding == "utf-8":
        return STRAYS.sub(_from_windows, mixed), (_told(mixed, strays),)
    return data.decode(encoding, errors="replace").replace("\ufffd", ""), ()


def _refuse_too_long(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        what = f"holds {len(data) / 1e6:.1f} MB and 10 MB is the most for a page"
        raise SourceError(what, cure="save the article alone and name that file")


def _refuse_binary(data: bytes) -> None:
    cure = "give the address or file of the article's page"
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"is {kind.what}, not a web page", cure=cure)
    if data.count(b"\0") > len(data) // 1000:
        raise SourceError(f"is binary, not a web page (zero bytes from offset {data.find(0)} on)", cure=cure)


def _named(data: bytes) -> str:
    """The encoding that the page gives itself, or ""."""
    found = META.search(data, 0, HEAD_BYTES)
    name = _known(found[1].decode("ascii")) if found else ""
    return "utf-8" if name in NOT_IN_META else name


def _known(label: str) -> str:
    """Python's name of the encoding that browsers read for ``label``, or "" if it is none."""
    try:
        name = codecs.lookup(label.strip(" \"'")).name
    except (LookupError, ValueError):
        return ""
    return WIDER.get(name, name) if _is_of_text(name) else ""


def _is_of_text(name: str) -> bool:
    # "base64", "zlib" and their kind are codecs too, from bytes to bytes; "idna" and "punycode" are no encodings.
    return bool(codecs.lookup(name)._is_text_encoding) and name not in {"idna", "punycode", "unicode_escape"}  # noqa: SLF001 - the one place where Python says so


def _likely(data: bytes, *, mixed: str, strays: int) -> str:
    """What nobody names: UTF-8 if most of what is not ASCII is, or else what the letters look like."""
    proper = sum(letter > "\x7f" for letter in mixed) - strays
    if proper > strays:
        return "utf-8"
    best = from_bytes(data[:SAMPLE_BYTES], cp_isolation=list(CANDIDATES)).best()
    return (_known(best.encoding) if best else "") or "cp1252"


def _from_windows(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", errors="ignore")


def _told(mixed: str, strays: list[str]) -> Removal:
    kinds = ", ".join(f"0x{ord(stray) - 0xDC00:02x}" for stray in sorted(set(strays))[:8])
    line = mixed.count("\n", 0, mixed.index(strays[0])) + 1
    count = f"{len(strays)} bytes" if len(strays) > 1 else "1 byte"
    return Removal(
        text=f"{kinds}, first in line {line}", reason=f"{count} that {'are' if len(strays) > 1 else 'is'} not UTF-8"
    )
