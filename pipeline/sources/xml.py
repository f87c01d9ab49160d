"""Floor 3, sources: XML by lxml, without entities, network, DTDs or depth. Word files, books, feeds and exports.

lxml gives up at 256 levels and at text of 10 MB, which is what we want. It reads no DTD, but would take entities that
the document itself declares; whatever declares anything of that kind is refused.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any, TypedDict

from lxml import etree

from pipeline.errors import SourceError

CURE = "export or save it again"

#: How XML in UTF-16 or UTF-32 begins. In all other encodings that XML comes in, a control byte is a control character.
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0", b"<\0")
#: No XML may hold these, and exports do: text that was pasted into a post long ago carries them along.
CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")


class _Limits(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


#: Not collect_ids=False: it makes libxml2 load the DTD that a DOCTYPE names.
LIMITS: _Limits = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse_xml(data: bytes, *, path: Path, what: str) -> etree._Element:
    """The root of an XML document in memory. ``what`` it is called in errors: "word/document.xml in it".

    Raises:
        SourceError: it is not well-formed, more than 256 levels deep, or declares entities.
    """
    try:
        root = etree.fromstring(_without_controls(data, is_wide=data.startswith(WIDE)), etree.XMLParser(**LIMITS))
    except etree.XMLSyntaxError as error:
        raise _error(error, path=path, what=what) from error
    except ValueError as error:  # an encoding that nobody knows
        raise SourceError(f"{what} is no XML that can be read ({error})", cure=CURE, path=path) from error
    _refuse_declarations(root, path=path, what=what)
    return root


def iterate_xml(stream: IO[bytes], *, tags: Collection[str], path: Path, what: str) -> Iterator[etree._Element]:
    """The outermost elements named in ``tags`` (`{namespace}name`), each whole, in order; memory does not grow.

    An element is emptied when the next one is asked for. ``what`` the document is called in errors.

    Raises:
        SourceError: as `parse_xml`, when the place is reached.
    """
    inside = 0
    try:
        for event, element in etree.iterparse(_Printable(stream), events=("start", "end"), **LIMITS):
            if event == "start":
                if element.getparent() is None:
                    _refuse_declarations(element, path=path, what=what)
                inside += element.tag in tags
                continue
            inside -= element.tag in tags
            if not inside:
                if element.tag in tags:
                    yield element
                _free(element)
    except etree.XMLSyntaxError as error:
        raise _error(error, path=path, what=what) from error


class _Printable:
    """A stream without control characters, for lxml to read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._is_wide: bool | None = None

    def read(self, size: int) -> bytes:
        while data := self._stream.read(size):
            if self._is_wide is None:
                self._is_wide = data.startswith(WIDE)
            # b"" would be the end to whoever reads.
            if printable := _without_controls(data, is_wide=self._is_wide):
                return printable
        return b""


def _without_controls(data: bytes, *, is_wide: bool) -> bytes:
    return data if is_wide else data.translate(None, CONTROLS)


def _refuse_declarations(root: etree._Element, *, path: Path, what: str) -> None:
    dtd: Any = root.getroottree().docinfo.internalDTD  # the stubs know neither that it may be None nor what is in it
    if dtd is not None and (any(dtd.iterentities()) or any(dtd.iterelements())):
        cure = "take the declarations out of its <!DOCTYPE>; no program that writes such files puts them there"
        raise SourceError(f"{what} declares entities or elements of its own", cure=cure, path=path)


def _free(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and (previous := element.getprevious()) is not None:
        parent.remove(previous)


def _error(error: etree.XMLSyntaxError, *, path: Path, what: str) -> SourceError:
    message = " ".join((error.msg or "it is empty").split())
    if "depth" in message.casefold():
        message = "elements stand more than 256 levels deep in each other"
    elif "amplification" in message:
        message = "the entities that it declares unfold without end"
    return SourceError(
        f"{what} is no XML that can be read ({message})", cure=CURE, path=path, line=error.lineno or None
    )
