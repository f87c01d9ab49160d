"""Floor 3, sources: what mammoth would pass over in a Word file, made into what it reads. Nothing is lost for its form.

Text boxes, formulas, pictures without their files, simple fields, text of two directions, phonetic guides.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.word.formulas import tex_of
from pipeline.sources.word.names import (
    MC,
    OFFICE,
    PARAGRAPH,
    PIC,
    RUN,
    TEXT,
    VML,
    WP,
    A,
    M,
    R,
    W,
    remove,
    unwrap,
    value_of,
    words_in,
)
from pipeline.sources.word.parts import PICTURE
from pipeline.sources.word.runs import join_runs
from pipeline.sources.word.styles import FORMULA, OUTLINE, heading_role

BOX = f"{W}txbxContent"
WRAPPERS = (f"{W}dir", f"{W}bdo", f"{W}smartTag", f"{W}customXml")
GUIDES = (f"{W}rt", f"{W}rubyPr")
BREAKS = {f"{W}cr": f"{W}br", f"{W}ptab": f"{W}tab"}
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
LOST_NOTE = "the mark of a footnote that the file does not have"

FILE_NAME = regex(r"\S*\.(?:png|jpe?g|gif|tiff?|bmp|emf|wmf|svg|webp|heic)", re.IGNORECASE)
#: What Word adds to a description that it made itself, in the words of its several versions.
MACHINE_NOTE = regex(
    r"\s*(?:Description automatically generated(?: with \w+ confidence)?|AI-generated content may be incorrect\.?)\s*\Z"
)


def make_readable(
    root: etree._Element, *, parts: Mapping[str, etree._Element], links: Mapping[str, str]
) -> list[Removal]:
    """What could not be kept. ``root`` is changed: document, footnotes or endnotes; ``links`` are its own."""
    _choose_alternates(root)
    _unwrap_all(root)
    _write_formulas(root)
    _lift_boxes(root)
    _describe_pictures(root)
    _cut_dead_links(root, links)
    _name_outline_levels(root)
    lost = list(_without_lost_notes(root, parts))
    join_runs(root)
    return lost


def _choose_alternates(root: etree._Element) -> None:
    # Of each pair one is for new programs and one for old ones. A text box may stand in both.
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        branches = [branch for branch in alternate if branch.tag in {f"{MC}Choice", f"{MC}Fallback"}]
        best = max(branches, key=lambda branch: len(words_in([branch])), default=None)
        for branch in branches:
            if branch is not best:
                remove(branch)
        if best is not None:
            unwrap(best)
        unwrap(alternate)


def _unwrap_all(root: etree._Element) -> None:
    for guide in list(root.iter(*GUIDES)):
        remove(guide)
    for ruby in list(root.iter(f"{W}ruby")):
        _unwrap_ruby(ruby)
    for wrapper in list(root.iter(*WRAPPERS)):
        unwrap(wrapper)
    for element in root.iter(*BREAKS):
        element.tag = BREAKS[element.tag]


def _unwrap_ruby(ruby: etree._Element) -> None:
    # w:r/w:ruby/w:rubyBase/w:r: runs do not stand in runs, so its texts alone go up.
    texts = list(ruby.iter(TEXT))
    for child in list(ruby):
        remove(child)
    ruby.extend(texts)
    unwrap(ruby)


def _write_formulas(root: etree._Element) -> None:
    for formula in list(root.iter(f"{M}oMath")):
        run = etree.Element(RUN)
        style = etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rStyle")
        style.set(f"{W}val", FORMULA)
        etree.SubElement(run, TEXT).text = tex_of(formula)
        parent = formula.getparent()
        if parent is not None:
            parent.replace(formula, run)
    for paragraph in list(root.iter(f"{M}oMathPara")):
        unwrap(paragraph)


def _lift_boxes(root: etree._Element) -> None:
    # The innermost come first, so that a box in a box ends up after the paragraph of its own box.
    for box in reversed(list(root.iter(BOX))):
        host = next(box.iterancestors(PARAGRAPH), None)
        if host is None:
            continue
        for child in reversed(list(box)):
            host.addnext(child)
        remove(box)


def _describe_pictures(root: etree._Element) -> None:
    for frame in list(root.iter(f"{WP}inline", f"{WP}anchor")):
        properties = frame.find(f"{WP}docPr")
        if properties is None or _is_bare_shape(frame):
            remove(frame)
            continue
        properties.set("descr", _description(properties.get("descr") or properties.get("title") or ""))
        properties.set("title", "")
        _show_one_picture(frame)
    for data in root.iter(f"{VML}imagedata"):
        data.set(f"{OFFICE}title", _description(data.get(f"{OFFICE}title") or ""))
        data.set(f"{R}id", PICTURE)


def _is_bare_shape(frame: etree._Element) -> bool:
    # Its text has been lifted out of it. Pictures, charts and diagrams name a part of the file.
    return not any(element.get(f"{R}{name}") for element in frame.iter() for name in ("embed", "link", "id", "dm"))


def _show_one_picture(frame: etree._Element) -> None:
    # Charts, diagrams and groups of pictures are one picture each to whoever reads the description of the whole.
    for graphic in list(frame.iter(f"{A}graphic")):
        remove(graphic)
    place = etree.SubElement(etree.SubElement(frame, f"{A}graphic"), f"{A}graphicData")
    fill = etree.SubElement(etree.SubElement(place, f"{PIC}pic"), f"{PIC}blipFill")
    etree.SubElement(fill, f"{A}blip", {f"{R}embed": PICTURE})


def _description(text: str) -> str:
    words = " ".join(MACHINE_NOTE.sub("", text).split())
    return "" if FILE_NAME.fullmatch(words) else words


def _without_lost_notes(root: etree._Element, parts: Mapping[str, etree._Element]) -> Iterator[Removal]:
    for mark in list(root.iter(*NOTES)):
        notes = parts.get(NOTES[mark.tag])
        if notes is None or not any(note.get(f"{W}id") == mark.get(f"{W}id") for note in notes):
            remove(mark)
            yield Removal(text="(a mark)", reason=LOST_NOTE)
        elif mark.get(f"{W}customMarkFollows") in {"1", "true", "on"}:
            sign = mark.getnext()
            if sign is not None and sign.tag == TEXT:
                remove(sign)


def _cut_dead_links(root: etree._Element, links: Mapping[str, str]) -> None:
    for link in root.iter(f"{W}hyperlink", f"{A}hlinkClick"):
        if link.get(f"{R}id") is not None and link.get(f"{R}id") not in links:
            link.attrib.pop(f"{R}id")


def _name_outline_levels(root: etree._Element) -> None:
    for properties in root.iter(f"{W}pPr"):
        role = heading_role(value_of(properties, "outlineLvl"))
        style = properties.find(f"{W}pStyle")
        if role and style is None:
            style = etree.Element(f"{W}pStyle", {f"{W}val": OUTLINE + role.rpartition(" ")[2]})
            properties.insert(0, style)
