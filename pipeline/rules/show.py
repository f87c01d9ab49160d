"""Floor 2: what the directories want of show.toml."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.model import Directory, Severity
from pipeline.notes import NOTES_LIMIT_BYTES, is_plain_address
from pipeline.patterns import regex
from pipeline.rules.categories import NAMES, category_name, nearest_category
from pipeline.rules.facts import ShowFacts
from pipeline.rules.forms import EMAIL, LONGEST_VALUE, SAYS_AUTOMATED, SAYS_COPYRIGHT, UUID
from pipeline.rules.languages import is_language
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
    apple_requirements,
    namespace,
    rule,
)

# Reserved for examples and tests. Source: RFC 2606, RFC 6761.
_PLACEHOLDER = regex(r"(^|[.@])(example\.(com|org|net)|(example|test|invalid|localhost))$|^localhost$")


@rule("base-url-address", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A18"))
def _base_url_address(facts: ShowFacts) -> Iterator[Fault]:
    if not is_plain_address(facts.show.base_url):
        yield Fault(
            "show.toml, base_url",
            f"{facts.show.base_url!r} is not an address that every app can ask for",
            'set base_url = "https://..." to the public address of the folder that holds episodes/ and feeds/',
        )


@rule(
    "base-url-https",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("Apple, Validate your feed (829); Podcasting 2.0 namespace", "A20", Confidence.SECONDARY),
)
def _base_url_https(facts: ShowFacts) -> Iterator[Fault]:
    if facts.show.base_url.startswith("http://"):
        yield Fault(
            "show.toml, base_url",
            f"{facts.show.base_url} is served without encryption",
            f'set base_url = "https://{facts.show.base_url.removeprefix("http://")}"',
        )


@rule(
    "placeholder",
    Severity.WARNING,
    directories=EVERYONE,
    source=Source("RFC 2606, RFC 6761; Apple, Podcast requirements (823)", "A1", Confidence.STANDARD),
)
def _placeholder(facts: ShowFacts) -> Iterator[Fault]:
    for key, value in (("base_url", facts.show.base_url), ("link", facts.show.link), ("email", facts.show.email)):
        host = (urlsplit(value).hostname or "") if is_plain_address(value) else value
        if _PLACEHOLDER.search(host):
            yield Fault(
                f"show.toml, {key}", f"{value} is a placeholder", f"set {key} to the real one before publishing"
            )


@rule("show-title", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, X13"))
def _show_title(facts: ShowFacts) -> Iterator[Fault]:
    length = len(facts.show.title.strip())
    if not 0 < length <= LONGEST_VALUE:
        yield Fault(
            "show.toml, title",
            f"the title has {length} characters, and it must have 1 to {LONGEST_VALUE}",
            'set title = "..." to the name of the show',
        )


@rule(
    "show-author",
    Severity.ERROR,
    directories=APPLE_SPOTIFY,
    source=Source(
        "Spotify, Podcast Delivery Specification 1.9; Apple, A Podcaster's Guide to RSS",
        "S1, S4, A5",
        Confidence.PRIMARY,
    ),
)
def _show_author(facts: ShowFacts) -> Iterator[Fault]:
    if not facts.show.author.strip():
        yield Fault("show.toml, author", "the show has no author", 'set author = "..." to who publishes it')


@rule("show-description", Severity.ERROR, directories=EVERYONE, source=apple_guide("A2, A25"))
def _show_description(facts: ShowFacts) -> Iterator[Fault]:
    length = len(facts.show.description.strip().encode(errors="replace"))
    if not 0 < length <= NOTES_LIMIT_BYTES:
        yield Fault(
            "show.toml, description",
            f"the description has {length} bytes, and it must have 1 to {NOTES_LIMIT_BYTES}",
            "set description to a few sentences about the show",
        )


@rule("show-language", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A2, X12"))
def _show_language(facts: ShowFacts) -> Iterator[Fault]:
    if not is_language(facts.show.language):
        yield Fault(
            "show.toml, language",
            f"{facts.show.language!r} is no ISO 639 code with optional region",
            'set language = "en-GB", "de", "fr-CA" or the like',
        )


@rule(
    "show-link",
    Severity.ERROR,
    directories=EVERYONE,
    source=Source("RSS 2.0.11, required channel elements", "X5", Confidence.STANDARD),
)
def _show_link(facts: ShowFacts) -> Iterator[Fault]:
    if not re.match(r"https?://[^\s/?#]", facts.show.link):
        yield Fault(
            "show.toml, link",
            f"{facts.show.link!r} is not the address of a website",
            'set link = "https://..." to the website of the show',
        )


@rule("category-missing", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A2, A14"))
def _category_missing(facts: ShowFacts) -> Iterator[Fault]:
    if not facts.show.categories:
        yield Fault("show.toml, categories", "the show has no category", 'set categories = ["News > Politics"]')


@rule("category-unknown", Severity.ERROR, directories=APPLE_PSP, source=apple_guide("A14, X4"))
def _category_unknown(facts: ShowFacts) -> Iterator[Fault]:
    for category in facts.show.categories:
        if category_name(category) not in NAMES:
            near = nearest_category(category)
            yield Fault(
                "show.toml, categories",
                f"{category!r} is not on Apple's list, where capitals count",
                f'write "{near}"' if near else 'choose from Apple\'s list, for example "News > Politics"',
            )


@rule("category-many", Severity.ADVICE, directories=APPLE, source=apple_guide("A14"))
def _category_many(facts: ShowFacts) -> Iterator[Fault]:
    if len(facts.show.categories) > 2:
        yield Fault(
            "show.toml, categories",
            f"directories use two categories, so {len(facts.show.categories) - 2} of them are not in the feed",
            "keep the two that count most, the first one first",
        )


@rule(
    "owner-email",
    Severity.ERROR,
    directories=CLAIMED,
    source=Source("YouTube answer 13525207; Spotify and Amazon, claiming a show", "Y1, S14, Z2", Confidence.PRIMARY),
)
def _owner_email(facts: ShowFacts) -> Iterator[Fault]:
    if facts.show.feed.has_owner and not EMAIL.fullmatch(facts.show.email):
        yield Fault(
            "show.toml, email",
            f"{facts.show.email!r} is no e-mail address, and the directories send the code to it that claims the show",
            'set email = "podcast@your-domain" to an address that somebody reads',
        )


@rule("podcast-guid", Severity.ERROR, directories=(Directory.PODCASTING20,), source=namespace("guid"))
def _podcast_guid(facts: ShowFacts) -> Iterator[Fault]:
    if not UUID.fullmatch(facts.ledger.podcast_guid):
        yield Fault(
            "feeds/show.json, podcast_guid",
            f"{facts.ledger.podcast_guid!r} is no UUID in small letters",
            "restore it from git: git checkout -- feeds/show.json",
        )


@rule(
    "copyright-words",
    Severity.ADVICE,
    directories=(Directory.PSP,),
    source=Source("PSP-1, 2023-08-07", "1.6", Confidence.PRIMARY),
)
def _copyright_words(facts: ShowFacts) -> Iterator[Fault]:
    if SAYS_COPYRIGHT.search(facts.show.copyright):
        yield Fault(
            "show.toml, copyright",
            f"{facts.show.copyright!r} says the word, the sign or a year, which directories add themselves",
            "set copyright to the name of the holder alone",
        )


@rule(
    "show-disclosure",
    Severity.ADVICE,
    directories=APPLE,
    source=Source("Apple, Content guidelines 1.11 (891)", "A34", Confidence.SECONDARY),
)
def _show_disclosure(facts: ShowFacts) -> Iterator[Fault]:
    # Advice, because it can be said in words that this does not know; each episode says it in known ones.
    if not SAYS_AUTOMATED.search(facts.show.description):
        yield Fault(
            "show.toml, description",
            "the description does not say that the voice is automated",
            'add a sentence to description, as "Read by an automated voice."',
        )


SHOW_RULES: tuple[Rule[ShowFacts], ...] = (
    _base_url_address,
    _base_url_https,
    _placeholder,
    _show_title,
    _show_author,
    _show_description,
    _show_language,
    _show_link,
    _category_missing,
    _category_unknown,
    _category_many,
    _owner_email,
    _podcast_guid,
    _copyright_words,
    _show_disclosure,
)
