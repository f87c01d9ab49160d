"""Floor 2: what is wanted of the channel: title, link, description, language, categories, artwork, author, owner."""

from collections.abc import Iterator

from pipeline.model import Directory, FeedElement, Severity
from pipeline.notes import NOTES_LIMIT_BYTES
from pipeline.rules.categories import CATEGORIES, nearest_category
from pipeline.rules.document.facts import DocumentFacts, each, quoted, shown
from pipeline.rules.document.sources import psp, rss, spotify
from pipeline.rules.forms import EMAIL, SAYS_AUTOMATED, SAYS_COPYRIGHT
from pipeline.rules.languages import is_language, is_region
from pipeline.rules.markup import is_empty
from pipeline.rules.rule import (
    APPLE,
    APPLE_PSP,
    APPLE_SPOTIFY,
    CLAIMED,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    rule,
)

_CLAIMING = Source("YouTube answer 13525207; Spotify and Amazon, claiming a show", "Y1, S14, Z2", Confidence.PRIMARY)
_OWNER_CURE = "write <itunes:owner><itunes:name>...</itunes:name><itunes:email>name@your-domain</itunes:email>"
#: Categories beyond these are told of as too many, and not one by one.
_LOOKED_AT = 12

_TYPES = {"episodic", "serial"}


@rule("show-title", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, X5"))
def _show_title(facts: DocumentFacts) -> Iterator[Fault]:
    if not facts.channel.text("title") and not _is_elsewhere(facts, "title"):
        yield Fault(_at(facts, "title"), "the show has no title", "write <title>its name</title> into <channel>")


@rule("show-link", Severity.ERROR, directories=EVERYONE, source=rss("X5"))
def _show_link(facts: DocumentFacts) -> Iterator[Fault]:
    link = facts.channel.text("link")
    if not link.startswith(("http://", "https://")) and not _is_elsewhere(facts, "link"):
        yield Fault(
            _at(facts, "link"),
            f"{quoted(link)} is not the address of a website" if link else "the show has no link",
            "write <link>https://...</link>, the show's website, into <channel>",
        )


@rule("show-description", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, A25"))
def _show_description(facts: DocumentFacts) -> Iterator[Fault]:
    said = facts.channel.text("description")
    length = 0 if is_empty(said) else len(said.encode(errors="replace"))
    if not 0 < length <= NOTES_LIMIT_BYTES and not _is_elsewhere(facts, "description"):
        yield Fault(
            _at(facts, "description"),
            f"the description has {length} bytes, and it must have 1 to {NOTES_LIMIT_BYTES}",
            "write a few sentences about the show into <description>",
        )


@rule("show-language", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A2, X12"))
def _show_language(facts: DocumentFacts) -> Iterator[Fault]:
    language = facts.channel.text("language")
    if not is_language(language.lower()) and not _is_elsewhere(facts, "language"):
        yield Fault(
            _at(facts, "language"),
            f"{quoted(language)} is no ISO 639 code" if language else "the show has no language",
            "write <language>en-GB</language>, de, fr-CA or the like into <channel>",
        )


@rule("language-region", Severity.WARNING, directories=APPLE_PSP, source=apple_guide("X12"))
def _language_region(facts: DocumentFacts) -> Iterator[Fault]:
    language = facts.channel.text("language")
    if is_language(language.lower()) and not all(is_region(tag) for tag in language.split("-")[1:] if len(tag) == 2):
        yield Fault(
            _at(facts, "language"),
            f"{quoted(language)} names a region that ISO 3166 does not know",
            "write the code of the country, as in en-GB, or the language alone",
        )


@rule("explicit-missing", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A2, A6"))
def _explicit_missing(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.is_missing(facts.channel, "itunes:explicit"):
        yield Fault(
            facts.channel.at(),
            "the show does not say whether it is explicit",
            "write <itunes:explicit>false</itunes:explicit> into <channel>",
        )


@rule("show-author", Severity.ERROR, directories=APPLE_SPOTIFY, source=spotify("S1, S4, A5"))
def _show_author(facts: DocumentFacts) -> Iterator[Fault]:
    if not facts.channel.text("itunes:author") and not _is_elsewhere(facts, "itunes:author"):
        yield Fault(
            _at(facts, "itunes:author"),
            "the show has no author, and Spotify does not take it so",
            "write <itunes:author>who publishes it</itunes:author> into <channel>",
        )


@rule("category-missing", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A2, A14"))
def _category_missing(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.is_missing(facts.channel, "itunes:category"):
        yield Fault(
            facts.channel.at(),
            "the show has no category",
            'write <itunes:category text="News"/>, or another of Apple\'s list, into <channel>',
        )


@rule("category-unknown", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A14, X4"))
def _category_unknown(facts: DocumentFacts) -> Iterator[Fault]:
    # The first pair is the one that counts.
    for category in facts.channel.all("itunes:category")[:1]:
        yield from _category_faults(facts, category)


@rule("category-ignored", Severity.WARNING, directories=APPLE, source=apple_guide("A14, X4"))
def _category_ignored(facts: DocumentFacts) -> Iterator[Fault]:
    for category in facts.channel.all("itunes:category")[1:_LOOKED_AT]:
        yield from _category_faults(facts, category)


@rule("category-many", Severity.ADVICE, directories=APPLE, source=apple_guide("A14"))
def _category_many(facts: DocumentFacts) -> Iterator[Fault]:
    categories = facts.channel.all("itunes:category")
    if len(categories) > 2:
        yield Fault(
            facts.channel.at(categories[2]),
            f"directories use two categories, and there are {len(categories)}",
            "keep the two that count most, the first one first",
        )


@rule("artwork-missing", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A2, S1"))
def _artwork_missing(facts: DocumentFacts) -> Iterator[Fault]:
    image = facts.channel.first("itunes:image")
    if _is_elsewhere(facts, "itunes:image"):
        return
    if image is None or not image.attributes.get("href", "").strip():
        yield Fault(
            facts.channel.at(image),
            "the show has no artwork" if image is None else "<itunes:image> gives no address in href",
            'write <itunes:image href="https://.../cover.jpg"/>, a square JPEG of 3000 pixels, into <channel>',
        )


@rule("show-type", Severity.WARNING, directories=APPLE, source=apple_guide("A7"))
def _show_type(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element in each((facts.channel,), "itunes:type"):
        if element.text.strip().lower() not in _TYPES:
            yield Fault(
                part.at(element),
                f"{quoted(element.text)} is no type of a show",
                "write episodic, or serial where it is heard from the first episode on",
            )


@rule("owner-email", Severity.ERROR, directories=CLAIMED, source=_CLAIMING)
def _owner_email(facts: DocumentFacts) -> Iterator[Fault]:
    for part, owner in each((facts.channel,), "itunes:owner"):
        email = owner.text_of("itunes:email")
        if not EMAIL.fullmatch(email):
            yield Fault(
                part.at(owner.first("itunes:email") or owner),
                f"{quoted(email)} is no e-mail address" if email else "the owner has no e-mail address",
                f"{_OWNER_CURE}; the directories send the code there that claims the show",
            )


@rule("owner-hidden", Severity.ADVICE, directories=CLAIMED, source=_CLAIMING)
def _owner_hidden(facts: DocumentFacts) -> Iterator[Fault]:
    if facts.is_missing(facts.channel, "itunes:owner"):
        yield Fault(
            facts.channel.at(),
            "the feed names no owner, so the show cannot be claimed",
            f"{_OWNER_CURE} until every directory has confirmed the show",
        )


@rule("copyright-words", Severity.ADVICE, directories=(Directory.PSP,), source=psp("1.6"))
def _copyright_words(facts: DocumentFacts) -> Iterator[Fault]:
    text = facts.channel.text("copyright")
    if SAYS_COPYRIGHT.search(text):
        yield Fault(
            _at(facts, "copyright"),
            f"{quoted(text)} says the word, the sign or a year, which directories add themselves",
            "write the name of the holder alone",
        )


@rule(
    "show-disclosure",
    Severity.ADVICE,
    directories=APPLE,
    source=Source("Apple, Content guidelines 1.11 (891)", "A34", Confidence.SECONDARY),
)
def _show_disclosure(facts: DocumentFacts) -> Iterator[Fault]:
    is_synthetic = any(
        text.attributes.get("purpose") == "ai-content" and text.text.strip().lower() == "true"
        for text in facts.channel.all("podcast:txt")
    )
    if is_synthetic and not SAYS_AUTOMATED.search(facts.channel.text("description")):
        yield Fault(
            _at(facts, "description"),
            "podcast:txt says that the voice is automated, and the description does not",
            'add a sentence to the description, as "Read by an automated voice."',
        )


def _category_faults(facts: DocumentFacts, category: FeedElement) -> Iterator[Fault]:
    outer = category.attributes.get("text", "")
    inners = list(category.all("itunes:category"))
    if outer not in CATEGORIES:
        yield _no_category(facts, category, name=outer)
        return
    for inner in inners:
        name = inner.attributes.get("text", "")
        if name not in CATEGORIES[outer]:
            yield _no_category(facts, inner, name=f"{outer} > {name}")


def _no_category(facts: DocumentFacts, element: FeedElement, *, name: str) -> Fault:
    near = nearest_category(shown(name))
    outer, _, inner = (part.strip() for part in near.partition(">"))
    nested = f'<itunes:category text="{_escaped(outer)}">'
    nested += f'<itunes:category text="{_escaped(inner)}"/></itunes:category>' if inner else "</itunes:category>"
    return Fault(
        facts.channel.at(element),
        f"{quoted(name)} is not on Apple's list, where capitals count",
        f"write {nested}" if near else 'choose from Apple\'s list, for example <itunes:category text="News"/>',
    )


def _escaped(name: str) -> str:
    return name.replace("&", "&amp;")


def _is_elsewhere(facts: DocumentFacts, name: str) -> bool:
    """Whether there is no such element, and another rule says why."""
    return facts.channel.first(name) is None and not facts.is_missing(facts.channel, name)


def _at(facts: DocumentFacts, name: str) -> str:
    return facts.channel.at(facts.channel.first(name))


CHANNEL_RULES: tuple[Rule[DocumentFacts], ...] = (
    _show_title,
    _show_link,
    _show_description,
    _show_language,
    _language_region,
    _explicit_missing,
    _show_author,
    _category_missing,
    _category_unknown,
    _category_ignored,
    _category_many,
    _artwork_missing,
    _show_type,
    _owner_email,
    _owner_hidden,
    _copyright_words,
    _show_disclosure,
)
