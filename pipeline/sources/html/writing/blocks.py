"""Floor 3, sources: headings, quotations, code and dividing lines -> blocks of Markdown."""

from functools import partial

from lxml import etree
from lxml.html import HtmlElement

from pipeline.patterns import regex
from pipeline.sources.html.writing.escaping import code_lines, escaped_heading_end
from pipeline.sources.html.writing.inline import CODE, LINE_BREAK, STRONG, Mark, line_of
from pipeline.sources.html.writing.outline import MOST_NESTED, Container
from pipeline.sources.html.writing.vocabulary import GUTTERS, HEADINGS, PROSE, SILENT
from pipeline.sources.html.writing.walking import NOTE_MARK, Closer, Walk
from pipeline.sources.manuscript import clean

NOT_IN_HEADINGS = PROSE - {"div", "p"} | {"ul", "ol"}
#: A heading longer than this was never closed: the article stands inside it.
LONGEST_HEADING = 300
MOST_LOOKED_AT = 200
LANGUAGE = regex(r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([\w+#.-]{1,30})")
VERSE = {"wp-block-verse", "poem", "poetry", "verse"}


def start_block(walk: Walk, _element: HtmlElement) -> Closer:
    """Apart from what stands before and after it, and nothing more."""
    walk.boundary()
    return walk.boundary


def start_heading(walk: Walk, element: HtmlElement) -> Closer:
    """A heading, its words in one line. Strong words in it are no stronger than the others."""
    if walk.is_line or not is_short(element):
        return start_block(walk, element)
    walk.start_line()
    walk.active[STRONG] += 1

    def end() -> None:
        walk.active[STRONG] -= 1
        frame = walk.end_line()
        line = line_of(frame.pieces)
        if line:
            walk.add([f"{'#' * HEADINGS[str(element.tag)]} {escaped_heading_end(line)}"])
        for picture in frame.pictures:
            walk.add([picture.markdown()])

    return end


def is_short(element: HtmlElement) -> bool:
    """Whether an element holds the words of one heading and no prose."""
    words = 0
    for number, inside in enumerate(element.iter()):
        words += len(inside.text or "") + (len(inside.tail or "") if inside is not element else 0)
        if words > LONGEST_HEADING or number > MOST_LOOKED_AT or (number and inside.tag in NOT_IN_HEADINGS):
            return False
    return True


def start_quotation(walk: Walk, element: HtmlElement) -> Closer:
    """A quotation. One that stands too deep is only set apart."""
    if walk.is_line or walk.container.depth >= MOST_NESTED:
        return start_block(walk, element)
    walk.last_quotation = Container(walk.container, first="> ", rest="> ")
    return walk.enter(walk.last_quotation)


def start_pull_quote(walk: Walk, element: HtmlElement) -> Closer:
    """A pull quote whose words stand nowhere else: a quotation, whatever its tag."""
    has_own = element.tag != "blockquote" and next(element.iter("blockquote"), None) is not None
    return start_block(walk, element) if has_own else start_quotation(walk, element)


def start_rule(walk: Walk, _element: HtmlElement) -> None:
    """A dividing line; not three hyphens, which would be front matter at the top of a file."""
    if walk.is_line:
        walk.boundary()
    else:
        walk.add(["* * *"])


def start_code(walk: Walk, element: HtmlElement) -> Closer | None:
    """Code as it stands; verse as lines."""
    walk.boundary()
    if walk.is_line:
        return partial(_close_code, walk, walk.open(Mark(CODE)))
    walk.skip()
    classes = (element.get("class") or "").split()
    text = clean(NOTE_MARK.sub("", _code_of(element)))
    if VERSE.intersection(classes):
        _put_verse(walk, text)
    elif text.strip():
        walk.add(code_lines(text.strip("\n"), language=_language_of(element)))
    return None


def _close_code(walk: Walk, close: Closer | None) -> None:
    if close is not None:
        close()
    walk.boundary()


def _code_of(element: HtmlElement) -> str:
    """The text of code with its line breaks, without numbers beside the lines."""
    parts: list[str] = []
    events = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, inside in events:
        if event != "start":
            parts.append((inside.tail or "") if inside is not element else "")
        elif inside.tag in SILENT or GUTTERS.intersection((inside.get("class") or "").split()):
            events.skip_subtree()
        else:
            parts.append("\n" if inside.tag == "br" else inside.text or "")
    return "".join(parts)


def _language_of(element: HtmlElement) -> str:
    inner = element.find(".//code")
    classes = [part.get("class") or "" for part in (element, inner) if part is not None]
    match = LANGUAGE.search(" ".join(classes))
    return match[1] if match else element.get("data-lang") or ""


def _put_verse(walk: Walk, text: str) -> None:
    walk.boundary()
    for line in text.split("\n"):
        if not line.strip():
            walk.boundary()
            continue
        if not walk.frame.is_fresh:
            walk.put(LINE_BREAK)
        walk.say(line)
    walk.boundary()
