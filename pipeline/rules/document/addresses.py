"""Floor 2: what is wanted of the addresses in a feed: whole, plain, encrypted; and of its own, the self link."""

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from pipeline.model import Directory, FeedElement, Severity
from pipeline.patterns import regex
from pipeline.rules.document.facts import DocumentFacts, Part, each, one_fault, quoted
from pipeline.rules.document.sources import NAMESPACE_READERS, psp
from pipeline.rules.forms import WHOLE_ADDRESS
from pipeline.rules.rule import (
    APPLE,
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

#: Files that apps fetch, by element and attribute; what is wrong here cannot be heard or seen.
_FILES = {"enclosure": "url", "itunes:image": "href", "podcast:transcript": "url", "podcast:chapters": "url"}

#: Pages and other feeds; "" is the text of the element.
_PAGES = {
    "link": "",
    "comments": "",
    "itunes:new-feed-url": "",
    "atom:link": "href",
    "podcast:funding": "url",
    "podcast:license": "url",
    "podcast:image": "href",
    "podcast:trailer": "url",
    "podcast:person": "href",
}

#: The endings that Apple takes of a cover, and those of images that nobody takes. Source: feeds.md A11.
_IMAGE_ENDINGS = (".jpg", ".jpeg", ".png")
_OTHER_IMAGES = regex(r"\.(gif|webp|svg|bmp|tiff?|avif|heic|ico|pdf)$")

#: Services that give a feed an address of theirs; all else in it lies elsewhere, and rightly.
_PROXIES = frozenset(("feedburner.com", "feedpress.me", "feedblitz.com", "rapidfeeds.com"))


@rule("plain-addresses", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A18"))
def _plain_addresses(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element, address in _addresses(facts, _FILES):
        if address and not WHOLE_ADDRESS.fullmatch(address):
            yield Fault(part.at(element), f"{quoted(address)} {_complaint(address)}", _cure(address))


@rule("link-addresses", Severity.WARNING, directories=EVERYONE, source=apple_requirements("A18"))
def _link_addresses(facts: DocumentFacts) -> Iterator[Fault]:
    for part, element, address in _addresses(facts, _PAGES):
        is_own = element.attributes.get("rel") == "self"  # which has a rule to itself
        if address and not is_own and not WHOLE_ADDRESS.fullmatch(address) and not address.startswith("mailto:"):
            yield Fault(part.at(element), f"{quoted(address)} {_complaint(address)}", _cure(address))


@rule(
    "address-https",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("Apple, Validate your feed (829); Podcasting 2.0 namespace", "A20", Confidence.SECONDARY),
)
def _address_https(facts: DocumentFacts) -> Iterator[Fault]:
    plain = [(part, element) for part, element, address in _addresses(facts, _FILES) if address.startswith("http://")]
    if plain:
        yield from one_fault(
            [part.at(element) for part, element in plain],
            of=len(plain),
            what="the file is served without encryption, which some apps refuse",
            cure="serve it under https://, and write that",
        )


@rule("enclosure-address", Severity.ERROR, directories=EVERYONE, source=apple_guide("X7, A4"))
def _enclosure_address(facts: DocumentFacts) -> Iterator[Fault]:
    for part, enclosure in each(facts.items, "enclosure"):
        if not enclosure.attributes.get("url", "").strip():
            yield Fault(
                part.at(enclosure), "it does not say where the sound is", 'write url="https://...", the file\'s address'
            )


@rule("artwork-ending", Severity.ERROR, directories=APPLE, source=apple_guide("A11"))
def _artwork_ending(facts: DocumentFacts) -> Iterator[Fault]:
    for image in facts.channel.all("itunes:image"):
        yield from _wrong_ending(facts.channel, image)


@rule("episode-artwork", Severity.WARNING, directories=APPLE, source=apple_guide("A11"))
def _episode_artwork(facts: DocumentFacts) -> Iterator[Fault]:
    for part, image in each(facts.items, "itunes:image"):
        yield from _wrong_ending(part, image)
        if not image.attributes.get("href", "").strip():
            yield Fault(part.at(image), "it gives no address in href", 'write href="https://.../cover.jpg"')


@rule("artwork-name", Severity.ADVICE, directories=APPLE, source=apple_guide("A11"))
def _artwork_name(facts: DocumentFacts) -> Iterator[Fault]:
    for image in facts.channel.all("itunes:image"):
        address = image.attributes.get("href", "").strip()
        if address and not _has_image_ending(address) and not _OTHER_IMAGES.search(_split(address).path.lower()):
            yield Fault(
                facts.channel.at(image),
                f"{quoted(address)} does not end in .jpg or .png, by which Apple knows the format",
                "give the file a name that ends in .jpg or .png, as its bytes are",
            )


@rule("feed-address", Severity.WARNING, directories=(Directory.PSP,), source=psp("X11"))
def _feed_address(facts: DocumentFacts) -> Iterator[Fault]:
    links = [link for link in facts.channel.all("atom:link") if link.attributes.get("rel") == "self"]
    cure = 'write <atom:link rel="self" type="application/rss+xml" href="the feed\'s own address"/> into <channel>'
    if not links and "atom" not in facts.lost_prefixes:
        yield Fault(facts.channel.at(), "the feed does not give its own address", cure)
    for link in links:
        what = _wrong_self(facts, link.attributes.get("href", "").strip())
        if what:
            yield Fault(facts.channel.at(link), what, cure)


@rule("feed-moved", Severity.ADVICE, directories=APPLE, source=apple_guide("A29"))
def _feed_moved(facts: DocumentFacts) -> Iterator[Fault]:
    own = {link.attributes.get("href") for link in facts.channel.all("atom:link")} | {facts.document.address}
    for element in facts.channel.all("itunes:new-feed-url"):
        if element.text.strip() not in own:
            yield Fault(
                facts.channel.at(element),
                f"it sends subscribers to {quoted(element.text)}",
                "keep it, and the redirect, for four weeks and more after a move; take it out if nothing has moved",
            )


@rule("address-https-podcasting", Severity.ADVICE, directories=NAMESPACE_READERS, source=namespace("general"))
def _address_https_podcasting(facts: DocumentFacts) -> Iterator[Fault]:
    plain = [
        part.at(element)
        for part, element, address in _addresses(facts, _PAGES)
        if element.name.startswith("podcast:") and address.startswith("http://")
    ]
    yield from one_fault(
        plain, of=len(plain), what="the namespace wants https in every address", cure="write https://..."
    )


def _addresses(facts: DocumentFacts, kinds: dict[str, str]) -> Iterator[tuple[Part, FeedElement, str]]:
    for name, attribute in kinds.items():
        for part, element in each(facts.parts, name):
            yield part, element, (element.attributes.get(attribute, "") if attribute else element.text).strip()


def _complaint(address: str) -> str:
    if not address.lower().startswith(("http://", "https://")):
        return "is no whole address, so no app can ask for it"
    if not address.isascii():
        return "has characters that are not ASCII, and apps fail on them"
    if any(sign.isspace() for sign in address):
        return "has blanks in it, where some apps cut it off"
    return "has signs that no address may have"


def _cure(address: str) -> str:
    if not address.lower().startswith(("http://", "https://")):
        return "write the whole address, from https:// on"
    return "write letters, digits, - . _ alone, and %XX for what is something else (%20 for a blank)"


def _wrong_ending(part: Part, image: FeedElement) -> Iterator[Fault]:
    address = image.attributes.get("href", "").strip()
    found = None if _has_image_ending(address) else _OTHER_IMAGES.search(_split(address).path.lower())
    if found is not None:
        yield Fault(
            part.at(image),
            f"{quoted(address)} is a {found[1].upper()} by its name, and only JPEG and PNG are taken",
            "save it as JPEG, under a name that ends in .jpg",
        )


def _has_image_ending(address: str) -> bool:
    # Some hosts put the ending behind a question mark, for Apple's sake.
    return _split(address).path.lower().endswith(_IMAGE_ENDINGS) or address.lower().endswith(_IMAGE_ENDINGS)


def _wrong_self(facts: DocumentFacts, href: str) -> str:
    """What is wrong with the self link, "" where nothing is seen to be."""
    if not WHOLE_ADDRESS.fullmatch(href):
        return f"the self link {quoted(href)} is no whole address" if href else "the self link has no href"
    asked = facts.document.address
    if asked.startswith(("http://", "https://")):
        is_same = _same(href) == _same(asked)
        return "" if is_same else f"the self link says {quoted(href)}, and the feed was found at {quoted(asked)}"
    others = _other_domains(facts)
    if len(others) == 1 and _domain(href) not in others | _PROXIES:
        return f"the self link {quoted(href)} leads elsewhere, while all else in the feed lies at {next(iter(others))}"
    return ""


def _same(address: str) -> tuple[str, str, str]:
    """What must be equal in two addresses of one feed; http or https, and a last stroke, make no other of it."""
    split = _split(address)
    return split.netloc.lower().removesuffix(":443").removesuffix(":80"), split.path.rstrip("/"), split.query


def _other_domains(facts: DocumentFacts) -> set[str]:
    """The domains of all files and of the website."""
    addresses = [address for _, _, address in _addresses(facts, _FILES) if address]
    domains = {_domain(address) for address in (*addresses, facts.channel.text("link"))}
    return domains - {""}


def _domain(address: str) -> str:
    """The last two names of its host."""
    return ".".join((_split(address).hostname or "").split(".")[-2:])


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that are not those of an IPv6 address
        return SplitResult("", "", address, "", "")


ADDRESS_RULES: tuple[Rule[DocumentFacts], ...] = (
    _plain_addresses,
    _link_addresses,
    _address_https,
    _enclosure_address,
    _artwork_ending,
    _episode_artwork,
    _artwork_name,
    _feed_address,
    _feed_moved,
    _address_https_podcasting,
)
