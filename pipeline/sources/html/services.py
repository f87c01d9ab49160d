"""Floor 3, sources: the platforms that pages embed from, as data, and the address that a person would open. Pure."""

import re
from urllib.parse import parse_qs, urlsplit

from pipeline.patterns import regex

#: Site -> what people call it.
SERVICES = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "spotify.com": "Spotify",
    "soundcloud.com": "SoundCloud",
    "podcasts.apple.com": "Apple Podcasts",
    "music.apple.com": "Apple Music",
    "bandcamp.com": "Bandcamp",
    "twitter.com": "Twitter",
    "x.com": "X",
    "bsky.app": "Bluesky",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "facebook.com": "Facebook",
    "linkedin.com": "LinkedIn",
    "reddit.com": "Reddit",
    "redditmedia.com": "Reddit",
    "t.me": "Telegram",
    "dailymotion.com": "Dailymotion",
    "rumble.com": "Rumble",
    "twitch.tv": "Twitch",
    "ted.com": "TED",
    "archive.org": "the Internet Archive",
    "documentcloud.org": "DocumentCloud",
    "scribd.com": "Scribd",
    "slideshare.net": "SlideShare",
    "datawrapper.dwcdn.net": "Datawrapper",
    "flourish.studio": "Flourish",
    "infogram.com": "Infogram",
    "tableau.com": "Tableau",
    "ourworldindata.org": "Our World in Data",
    "codepen.io": "CodePen",
    "gist.github.com": "GitHub",
    "google.com": "Google",
    "openstreetmap.org": "OpenStreetMap",
    "substack.com": "Substack",
}
#: Service -> what is usually embedded from it, where the frame has no title.
THINGS = {
    "YouTube": "A video",
    "Vimeo": "A video",
    "Dailymotion": "A video",
    "Rumble": "A video",
    "Twitch": "A video",
    "TED": "A talk",
    "TikTok": "A video",
    "Spotify": "A recording",
    "SoundCloud": "A recording",
    "Apple Podcasts": "A recording",
    "Apple Music": "A recording",
    "Bandcamp": "A recording",
    "Datawrapper": "A chart",
    "Flourish": "A chart",
    "Infogram": "A chart",
    "Tableau": "A chart",
    "Our World in Data": "A chart",
    "Google Maps": "A map",
    "OpenStreetMap": "A map",
    "DocumentCloud": "A document",
    "Scribd": "A document",
    "SlideShare": "Slides",
}
#: Frames that count readers, sell, or ask them something.
NOT_CONTENT = regex(
    r"googletagmanager|doubleclick|googlesyndication|googleads|adservice|/ads?[/.?]|amazon-adsystem|recaptcha|hcaptcha|"
    r"facebook\.com/(?:tr|plugins/(?:like|page|share|follow))|platform\.twitter\.com/widgets/(?:follow|tweet_button)|"
    r"disqus|/subscribe|mailchimp|convertkit|/embed/?\?.*subscribe|substack\.com/embed/?\Z|cookiebot|onetrust",
    re.IGNORECASE,
)

#: The path of a frame -> the address of the thing itself.
WATCH = (
    (
        regex(r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})"),
        r"https://www.youtube.com/watch?v=\1",
    ),
    (regex(r"player\.vimeo\.com/video/(\d+)"), r"https://vimeo.com/\1"),
    (regex(r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)"), r"https://open.spotify.com/\1"),
    (regex(r"embed\.podcasts\.apple\.com/([^?#]+)"), r"https://podcasts.apple.com/\1"),
    (regex(r"embed\.music\.apple\.com/([^?#]+)"), r"https://music.apple.com/\1"),
    (regex(r"(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)"), r"https://www.dailymotion.com/video/\1"),
    (regex(r"embed\.ted\.com/talks/([^?#]+)"), r"https://www.ted.com/talks/\1"),
    (regex(r"(?:www\.)?archive\.org/embed/([^?#/]+)"), r"https://archive.org/details/\1"),
    (regex(r"(?:www\.)?tiktok\.com/(?:embed/v2|player/v1)/(\d+)"), r"https://www.tiktok.com/@/video/\1"),
    (
        regex(r"embed\.bsky\.app/embed/(did:[^/]+)/app\.bsky\.feed\.post/(\w+)"),
        r"https://bsky.app/profile/\1/post/\2",
    ),
    (regex(r"((?:[\w-]+\.)+[\w-]+/@[^/?#]+/\d+)/embed"), r"https://\1"),
)
#: Players that carry the address of the thing as a parameter.
PARAMETERS = {"w.soundcloud.com": "url", "www.facebook.com": "href", "platform.twitter.com": "url"}


def service_of(url: str) -> str:
    """What people call the site of ``url``: "YouTube", or its name without www. where it is not a platform."""
    host = _host(url)
    if host.endswith("google.com") and "/maps" in url:
        return "Google Maps"
    labels = host.split(".")
    sites = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((SERVICES[site] for site in sites if site in SERVICES), host.removeprefix("www."))


def thing_of(service: str) -> str:
    """What is usually embedded from a service: "A video"."""
    return THINGS.get(service, "An embedded page")


def is_content(url: str) -> bool:
    """Whether a frame with this address can be part of an article."""
    return bool(url) and not url.startswith(("about:", "javascript:", "data:")) and NOT_CONTENT.search(url) is None


def watch_address(url: str) -> str:
    """The address of what a frame shows, as a person would open it."""
    parts = urlsplit(url)
    name = PARAMETERS.get(_host(url))
    wanted = parse_qs(parts.query).get(name, [""])[0] if name else ""
    if wanted.startswith("http"):
        return wanted
    path = f"{_host(url)}{parts.path}"
    for pattern, address in WATCH:
        match = pattern.match(path)
        if match:
            return match.expand(address)
    return url


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return ""
