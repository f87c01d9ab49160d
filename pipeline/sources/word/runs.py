"""Floor 3, sources: the runs of a Word file, joined where they look alike. Mammoth takes its time over each of them.

Word begins a new run at every correction and wherever its spelling checker stopped: a plain sentence has ten of them.
"""

from lxml import etree

from pipeline.sources.word.names import RUN, TEXT, W, remove

PROPERTIES = f"{W}rPr"
#: What can be seen in Markdown, or says what a run is. Fonts, sizes, colours and languages cannot.
KEPT = {f"{W}{name}" for name in ("rStyle", "b", "i", "strike", "vertAlign")}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What stands between runs and is nothing to a reader.
BETWEEN = tuple(f"{W}{name}" for name in ("proofErr", "lastRenderedPageBreak", "permStart", "permEnd"))


def join_runs(root: etree._Element) -> None:
    """``root`` is changed: runs of text that stand side by side and look alike are one, empty ones are none."""
    for element in list(root.iter(*BETWEEN)):
        remove(element)
    alike: list[etree._Element] = []
    look = b""
    for run in list(root.iter(RUN)):
        own_look = _look(run)
        if len(run) == (run.find(PROPERTIES) is not None):
            remove(run)
            continue
        is_next = bool(alike) and run.getprevious() is alike[-1] and own_look == look
        if not (is_next and _is_text(run)):
            _join(alike)
            alike = []
        look = own_look
        if _is_text(run):
            alike.append(run)
    _join(alike)


def _look(run: etree._Element) -> bytes:
    properties = run.find(PROPERTIES)
    if properties is None:
        return b""
    for element in list(properties):
        if element.tag not in KEPT:
            properties.remove(element)
    properties.tail = None
    return b"".join(etree.tostring(element) for element in properties)


def _is_text(run: etree._Element) -> bool:
    return all(element.tag in {TEXT, PROPERTIES} for element in run)


def _join(runs: list[etree._Element]) -> None:
    texts = [text for run in runs for text in run.iterchildren(TEXT)]
    if len(texts) > 1:
        texts[0].text = "".join(text.text or "" for text in texts)
        texts[0].set(SPACE, "preserve")
        for part in (*texts[1:], *runs[1:]):
            remove(part)
