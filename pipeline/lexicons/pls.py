"""W3C PLS: the lexicon for speech software of any kind, and theirs for this house.

Source: Pronunciation Lexicon Specification 1.0, W3C Recommendation of 14 October 2008. What PLS has no word for goes
into attributes of a namespace of our own, which its schema allows everywhere and other readers skip.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
from lxml import etree

from pipeline.errors import ConfigError
from pipeline.lexicons.ipa import without_marks
from pipeline.model import Lexicon, LexiconEntry
from pipeline.text.lexicon import is_for

PLS = "http://www.w3.org/2005/01/pronunciation-lexicon"
OWN = "urn:audio-edition:lexicon"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

#: Attributes of our own on a lexeme, by the field that they hold; each is left out where the field has its default.
_ATTRIBUTES = ("as", "by", "source", "note")


def to_pls(lexicon: Lexicon, language: str) -> bytes:
    """A PLS document of the entries that count in ``language`` (xml:lang), UTF-8; those of this very language first.

    A respelling is an <alias>, an IPA a <phoneme> before it, because of several pronunciations the first counts. An
    entry that only says "word" or "letters" gets an alias that says so to others, marked as made.

    Raises:
        ConfigError: a value holds a character that XML cannot.
    """
    prefixes: Any = {None: PLS, "edition": OWN}  # the stubs do not know of a default namespace
    root = etree.Element(_tag("lexicon"), {"version": "1.0", "alphabet": "ipa"}, nsmap=prefixes)
    root.set(_LANGUAGE, language)
    entries = (entry for entry in lexicon.entries if is_for(entry, language))
    for entry in sorted(entries, key=lambda entry: -len(entry.language)):
        try:
            _add_lexeme(root, entry, language=language)
        except ValueError as error:
            cure = "take control characters out of that entry of lexicon.toml"
            raise ConfigError(f"{entry.grapheme!r} cannot stand in XML", cure=cure) from error
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def _add_lexeme(root: etree._Element, entry: LexiconEntry, *, language: str) -> None:
    lexeme = etree.SubElement(root, _tag("lexeme"))
    values = {field.encode_name: getattr(entry, field.name) for field in msgspec.structs.fields(entry)}
    for name in _ATTRIBUTES:
        if values[name]:
            lexeme.set(_own(name), values[name])
    lexeme.set(_own("status"), entry.status)
    if entry.language != language:
        lexeme.set(_own("language"), entry.language)
    if not entry.case:
        lexeme.set(_own("case"), "false")
    etree.SubElement(lexeme, _tag("grapheme")).text = entry.grapheme
    if entry.ipa.strip():
        etree.SubElement(lexeme, _tag("phoneme")).text = entry.ipa
    if entry.say.strip():
        etree.SubElement(lexeme, _tag("alias")).text = entry.say
    elif entry.read_as:
        made = " ".join(entry.grapheme) if entry.read_as == "letters" else entry.grapheme.capitalize()
        etree.SubElement(lexeme, _tag("alias"), {_own("made"): "true"}).text = made


def from_pls(data: bytes, *, path: Path | None = None) -> Lexicon:
    """The entries of a PLS document, in its order: one a grapheme, <alias> as `say`, the <phoneme> in IPA as `ipa`.

    Of several of a kind the preferred one counts, else the first. An entry is for the document's language, and is
    "proposed" unless the document is our own and says that it was reviewed: here nobody has listened yet.

    Raises:
        ConfigError: with ``path`` and the line; no XML, a DOCTYPE, no PLS, a lexeme without grapheme or pronunciation,
            or one whose only pronunciation is in another alphabet than IPA.
    """
    root = _parsed(data, path=path)
    entries = (entry for lexeme in root.iterchildren(_tag("lexeme")) for entry in _entries(lexeme, root, path=path))
    return Lexicon(entries=tuple(entries))


def _parsed(data: bytes, *, path: Path | None) -> etree._Element:
    # Not collect_ids=False: it makes libxml2 load the DTD that a DOCTYPE names.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = (error.msg or "it is empty").partition(", line ")[0]
        raise ConfigError(f"is no XML ({what})", cure="export it again", path=path, line=error.lineno) from error
    except ValueError as error:  # an encoding that nobody knows
        raise ConfigError(f"is no XML ({error})", cure="save it as UTF-8", path=path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ConfigError("has a DOCTYPE, which can declare anything", cure="take <!DOCTYPE ...> out", path=path)
    if root.tag != _tag("lexicon"):
        raise ConfigError(
            f"is no PLS: it opens with <{etree.QName(root).localname}>",
            cure=f'it must open with <lexicon version="1.0" xmlns="{PLS}" ...>',
            path=path,
            line=_line(root),
        )
    return root


def _entries(lexeme: etree._Element, root: etree._Element, *, path: Path | None) -> Iterator[LexiconEntry]:
    values = {**_attributes(lexeme, root), **_pronunciation(lexeme, root, path=path)}
    graphemes = [written for element in lexeme.iterchildren(_tag("grapheme")) if (written := _text(element))]
    if not graphemes:
        raise _error("a lexeme has no grapheme", lexeme, cure="write the name as <grapheme>", path=path)
    for grapheme in graphemes:
        try:
            yield msgspec.convert({**values, "grapheme": grapheme}, LexiconEntry)
        except msgspec.ValidationError as error:
            raise _error(f"“{grapheme}”: {error}", lexeme, cure="mend that lexeme", path=path) from error


def _attributes(lexeme: etree._Element, root: etree._Element) -> dict[str, Any]:
    values: dict[str, Any] = {name: lexeme.get(_own(name), "") for name in _ATTRIBUTES}
    values["status"] = lexeme.get(_own("status"), "proposed")
    values["language"] = lexeme.get(_own("language"), root.get(_LANGUAGE, ""))
    values["case"] = lexeme.get(_own("case")) != "false"
    return values


def _pronunciation(lexeme: etree._Element, root: etree._Element, *, path: Path | None) -> dict[str, str]:
    aliases = [alias for alias in lexeme.iterchildren(_tag("alias")) if alias.get(_own("made")) is None]
    phonemes = list(lexeme.iterchildren(_tag("phoneme")))
    alphabets = [phoneme.get("alphabet", root.get("alphabet", "")) for phoneme in phonemes]
    in_ipa = [phoneme for phoneme, name in zip(phonemes, alphabets, strict=True) if name == "ipa"]
    say, ipa = _preferred(aliases), without_marks(_preferred(in_ipa))
    if say or ipa or lexeme.get(_own("as")):
        return {"say": say, "ipa": ipa}
    if phonemes and not in_ipa:
        what = f'a phoneme is written in "{alphabets[0]}"' if alphabets[0] else "a phoneme names no alphabet"
        cure = 'write it in IPA with alphabet="ipa", or add a respelling as <alias>'
        raise _error(what, phonemes[0], cure=cure, path=path)
    raise _error("a lexeme says nothing", lexeme, cure="give it a <phoneme> or an <alias>", path=path)


def _preferred(elements: Sequence[etree._Element]) -> str:
    """The text of the first one with prefer="true", else of the first; "" of none."""
    chosen = next((element for element in elements if element.get("prefer") in {"true", "1"}), None)
    return _text(elements[0] if chosen is None else chosen) if elements else ""


def _text(element: etree._Element) -> str:
    """Its text with single blanks: line ends in PLS are for the eye."""
    return " ".join("".join(map(str, element.itertext())).split())


def _error(what: str, element: etree._Element, *, cure: str, path: Path | None) -> ConfigError:
    return ConfigError(what, cure=cure, path=path, line=_line(element))


def _line(element: etree._Element) -> int | None:
    return cast("int | None", element.sourceline)  # the stubs give it no type


def _tag(name: str) -> str:
    return f"{{{PLS}}}{name}"


def _own(name: str) -> str:
    return f"{{{OWN}}}{name}"
