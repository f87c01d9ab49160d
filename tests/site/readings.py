"""A page as a browser takes it apart, and an article to make one of."""

from html.parser import HTMLParser

from pipeline.model import Cue, Role, Script, Transcript, Utterance

VOID = {"meta", "link", "img", "br"}
RATE = 44_100

ROWS: tuple[tuple[Role, int | None, int | None, str], ...] = (
    (Role.SHOW, None, None, "The Harbour Review, read aloud."),
    (Role.TITLE, 0, None, "Why the straits are quiet."),
    (Role.BODY, 1, 1, "The tankers pass the lighthouse without an escort."),
    (Role.BODY, 1, 1, "Nobody in the port asks why."),
    (Role.HEADING, 2, None, "What the insurers saw"),
    (Role.BODY, 3, 2, "Cover fell by a third."),
    (Role.QUOTATION, 4, 3, "“We price what captains do.”"),
    (Role.LIST_ITEM, 5, 4, "the convoys were late;"),
    (Role.LIST_ITEM, 6, 5, "the pilots were not."),
    (Role.CLOSING, None, None, "That was the Harbour Review."),
)


def script_of(rows: tuple[tuple[Role, int | None, int | None, str], ...] = ROWS) -> Script:
    utterances = tuple(
        Utterance(display=text, spoken=text, forms=(), role=role, pause_after_ms=300, block=block, paragraph=paragraph)
        for role, block, paragraph, text in rows
    )
    return Script(title="Why the straits are quiet", language="en-GB", utterances=utterances)


def transcript_of(script: Script) -> Transcript:
    """Two Cues an Utterance, which starts every 10 seconds from 0.3 s on and lasts 8."""
    cues = []
    for number, utterance in enumerate(script.utterances):
        start, half = (number * 10 * RATE) + 3 * RATE // 10, 4 * RATE
        middle = len(utterance.display) // 2
        cues.append(Cue(start=start, end=start + half, text=utterance.display[:middle], utterance=number))
        cues.append(Cue(start=start + half, end=start + 2 * half, text=utterance.display[middle:], utterance=number))
    return Transcript(sample_rate=RATE, language="en-GB", cues=tuple(cues))


class Reading(HTMLParser):
    """Tags with their attributes, the text, and what lies open at the end. A wrong end tag fails at once."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def addresses(self) -> list[str]:
        return [value for _, attributes in self.tags for name, value in attributes.items() if name in {"href", "src"}]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())
