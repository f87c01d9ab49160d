"""Floor 2: the names of the elements of a feed, which may stand once, and which nobody reads any more."""

_RSS_CHANNEL = "title link description language generator lastBuildDate managingEditor webMaster ttl"
_RSS_ITEM = "title link description pubDate author comments source"
_ITUNES_CHANNEL = "author block complete explicit image new-feed-url owner subtitle summary type title keywords"
_ITUNES_ITEM = "author block duration episode episodeType explicit image season subtitle summary title keywords order"
_PODCAST_CHANNEL = "guid locked medium license podroll publisher updateFrequency usesPodping"
_PODCAST_ITEM = "chapters episode season license"

#: What may stand once in a channel, and in an item. Source: RSS 2.0; Apple; podcast-namespace.
ONCE_IN_CHANNEL = frozenset(
    (
        *_RSS_CHANNEL.split(),
        *(f"itunes:{name}" for name in _ITUNES_CHANNEL.split()),
        *(f"podcast:{name}" for name in _PODCAST_CHANNEL.split()),
    )
)
ONCE_IN_ITEM = frozenset(
    (
        *_RSS_ITEM.split(),
        "content:encoded",
        "psc:chapters",
        *(f"itunes:{name}" for name in _ITUNES_ITEM.split()),
        *(f"podcast:{name}" for name in _PODCAST_ITEM.split()),
    )
)

_RSS_OTHERS = "item guid enclosure category copyright pubDate docs cloud image rating textInput skipHours skipDays"
_ITUNES_OTHERS = "category applepodcastsverify name email isClosedCaptioned"
_PODCAST_OTHERS = (
    "transcript funding soundbite person trailer alternateEnclosure source integrity value valueRecipient "
    "valueTimeSplit images image liveItem contentLink socialInteract block txt remoteItem chat podping metaBoost "
    "complete feed location"
)

#: Every name that may stand in a channel or an item.
KNOWN = (
    ONCE_IN_CHANNEL
    | ONCE_IN_ITEM
    | frozenset(_RSS_OTHERS.split())
    | frozenset(f"itunes:{name}" for name in _ITUNES_OTHERS.split())
    | frozenset(f"podcast:{name}" for name in _PODCAST_OTHERS.split())
)

#: How each of them is written, by its small letters.
SPELT = {name.lower(): name for name in KNOWN}

#: What Apple has taken out of its reference. Source: feeds.md A24.
DROPPED = frozenset(
    ("itunes:summary", "itunes:subtitle", "itunes:keywords", "itunes:order", "itunes:isClosedCaptioned")
)
