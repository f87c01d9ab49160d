"""Floor 2: what is wanted of the words and numbers of an item: title, explicit, type, season and episode, blocks."""

from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.patterns import regex
from pipeline.rules.document.facts import DocumentFacts, Part, each, one_fault, quoted, shown
from pipeline.rules.document.sources import NAMESPACE_READERS, clients, psp
from pipeline.rules.forms import LONGEST_VALUE, NUMBERED
from pipeline.rules.rule import APPLE, APPLE_PSP, EVERYONE, Fault, Rule, apple_guide, namespace, rule

_POSITIVE = regex(r"0*[1-9][0-9]{0,8}")
_KINDS = {"full", "trailer", "bonus"}
_FORMER_EXPLICIT = {"yes", "no", "clean", "explicit"}

#: Values that are one line, of which nothing else says how long they may be.
_LINES = ("title", "itunes:title", "itunes:author", "author", "guid", "generator", "copyright", "podcast:person")

_MARKUP = regex(r"<!\[CDATA\[|</?(a|b|br|em|font|h[1-6]|i|p|span|strong|u)(\s[^<>]*)?/?>")
_ENTITY = regex(r"&(amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,5});")


@rule("episode-title", Severity.ERROR, directories=EVERYONE, source=apple_guide("A4, X6"))
def _episode_title(facts: DocumentFacts) -> Iterator[Fault]:
    for item in facts.episodes:
        title = item.first("title")
        if facts.is_missing(item, "title") or (title is not None and not title.text.strip()):
            yield Fault(item.at(title), "the episode has no title", "write <title>what it is about</title> into it")


@rule("value-long", Severity.WARNING, directories=(Directory.PSP,), source=psp("X13"))
def _value_long(facts: DocumentFacts) -> Iterator[Fault]:
    for name in _LINES:
        for part, element in each(facts.parts, name):
            length = len(element.text.strip())
            if length > LONGEST_VALUE:
                yield Fault(
                    part.at(element),
                    f"it has {length} characters, and {LONGEST_VALUE} are the most",
                    "shorten it; what is left over belongs into the description",
                )


@rule("value-blanks", Severity.ADVICE, directories=(Directory.PSP,), source=psp("X13"))
def _value_blanks(facts: DocumentFacts) -> Iterator[Fault]:
    padded = [
        part.at(element)
        for name in _LINES
        for part, element in each(facts.parts, name)
        if element.text != element.text.strip()
    ]
    yield from one_fault(
        padded, of=len(padded), what="there are blanks around the value", cure="write it right between its tags"
    )


@rule("title-markup", Severity.WARNING, directories=EVERYONE, source=clients("section 5, 13", seen="SSP 735"))
def _title_markup(facts: DocumentFacts) -> Iterator[Fault]:
    for part, title in each(facts.parts, "title"):
        found = _MARKUP.search(title.text) or _ENTITY.search(title.text)
        if found is not None:
            yield Fault(
                part.at(title),
                f"apps show {quoted(found[0])} in the title as it stands",
                "write the title as plain text, and escape & and < once",
            )


@rule("title-number", Severity.ADVICE, directories=APPLE, source=apple_guide("A26"))
def _title_number(facts: DocumentFacts) -> Iterator[Fault]:
    numbered = [item.at(item.first("title")) for item in facts.episodes if NUMBERED.search(item.title)]
    yield from one_fault(
        numbered,
        of=len(facts.episodes),
        what="its title has a number of season or episode in it",
        cure="take it out, and write <itunes:season> and <itunes:episode>",
    )


@rule("title-show", Severity.ADVICE, directories=APPLE, source=apple_guide("A26"))
def _title_show(facts: DocumentFacts) -> Iterator[Fault]:
    name = facts.channel.text("title").casefold()
    repeated = [item.at(item.first("title")) for item in facts.episodes if name and name in item.title.casefold()]
    yield from one_fault(
        repeated, of=len(facts.episodes), what="its title repeats the name of the show", cure="take the name out"
    )


@rule("explicit-value", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A6"))
def _explicit_value(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.parts, "itunes:explicit"):
        said = element.text.strip()
        if said.lower() not in {"true", "false", *_FORMER_EXPLICIT}:
            yield Fault(
                part.at(element),
                f"{quoted(said)} is neither true nor false",
                "write <itunes:explicit>false</itunes:explicit>, or true",
            )


@rule("explicit-former", Severity.WARNING, directories=APPLE_PSP, source=apple_guide("A6"))
def _explicit_former(facts: DocumentFacts) -> Iterator[Fault]:
    for parts in ((facts.channel,), facts.items):
        former = [
            (part, element) for part, element in each(parts, "itunes:explicit") if _is_former(element.text.strip())
        ]
        said = former[0][1].text.strip() if former else ""
        meant = "true" if said.lower() in {"yes", "explicit", "true"} else "false"
        yield from one_fault(
            [part.at(element) for part, element in former],
            of=len(parts),
            what=f"{quoted(said)} was right until 2020, and true or false is wanted",
            cure=f"write <itunes:explicit>{meant}</itunes:explicit>",
        )


@rule("episode-type", Severity.WARNING, directories=APPLE, source=apple_guide("A9"))
def _episode_type(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each(facts.items, "itunes:episodeType"):
        if element.text.strip().lower() not in _KINDS:
            yield Fault(
                part.at(element), f"{quoted(element.text)} is no type of an episode", "write full, trailer or bonus"
            )


@rule("episode-number", Severity.WARNING, directories=APPLE, source=apple_guide("A8"))
def _episode_number(facts: DocumentFacts) -> Iterator[Fault]:
    for name in ("itunes:episode", "itunes:season"):
        for part, element in each(facts.items, name):
            if not _POSITIVE.fullmatch(element.text.strip()):
                yield Fault(
                    part.at(element),
                    f"{quoted(element.text)} is no whole number from 1 on",
                    f"write <{name}>1</{name}> or the like, or leave the element out",
                )


@rule("season-missing", Severity.ADVICE, directories=APPLE, source=apple_guide("A8"))
def _season_missing(facts: DocumentFacts) -> Iterator[Fault]:
    without = [item.at() for item in _full(facts) if not item.text("itunes:season")]
    if len(without) < len(_full(facts)):
        yield from one_fault(
            without,
            of=len(facts.episodes),
            what="the show has seasons, and this episode none, so Apple files it under “Unknown Season”",
            cure="write <itunes:season>1</itunes:season> into it, or into none of them",
        )


@rule("serial-numbers", Severity.ERROR, directories=APPLE, source=apple_guide("A7"))
def _serial_numbers(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.channel.text("itunes:type").lower() != "serial":
        return
    for item in _full(facts):
        if facts.is_missing(item, "itunes:episode"):
            yield Fault(
                item.at(),
                "the show is serial, and this episode has no number",
                "write <itunes:episode>1</itunes:episode> or the like, or make the show episodic",
            )


@rule("block-value", Severity.WARNING, directories=APPLE, source=apple_guide("A28"))
def _block_value(facts: DocumentFacts) -> Iterator[Fault]:
    for name in ("itunes:block", "itunes:complete"):
        for part, element in each(facts.parts, name):
            if element.text.strip().lower() not in {"yes", "no"}:
                yield Fault(
                    part.at(element),
                    f"{quoted(element.text)} does nothing: Yes alone counts",
                    f"write <{name}>Yes</{name}>, or leave the element out",
                )


@rule("show-blocked", Severity.ADVICE, directories=APPLE, source=apple_guide("A28, A39"))
def _show_blocked(facts: DocumentFacts) -> Iterator[Fault]:
    block = facts.channel.first("itunes:block")
    if block is not None and block.text.strip().lower() == "yes":
        yield Fault(
            facts.channel.at(block),
            "the show is blocked, so directories do not list it",
            "take itunes:block out, unless the show is private",
        )


@rule("podcast-block", Severity.WARNING, directories=NAMESPACE_READERS, source=namespace("block"))
def _podcast_block(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "podcast:block"):
        if element.text.strip().lower() not in {"yes", "no"}:
            yield Fault(part.at(element), f"{quoted(shown(element.text))} is neither yes nor no", "write yes or no")


def _is_former(said: str) -> bool:
    """Whether it is of the vocabulary before 2020, or of today's in capitals."""
    return said.lower() in _FORMER_EXPLICIT or (said.lower() in {"true", "false"} and said != said.lower())


def _full(facts: DocumentFacts) -> list[Part]:
    """The episodes that are neither trailer nor bonus."""
    return [item for item in facts.episodes if item.text("itunes:episodeType").lower() not in {"trailer", "bonus"}]


EPISODE_RULES: tuple[Rule[DocumentFacts], ...] = (
    _episode_title,
    _value_long,
    _value_blanks,
    _title_markup,
    _title_number,
    _title_show,
    _explicit_value,
    _explicit_former,
    _episode_type,
    _episode_number,
    _season_missing,
    _serial_numbers,
    _block_value,
    _show_blocked,
    _podcast_block,
)
