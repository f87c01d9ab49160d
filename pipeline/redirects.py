"""Floor 2: what the old host of a show that moved has to answer, and how each kind of host is told so. Pure.

All that listeners and directories know of a show lies below two folders, so two prefixes are led on: every feed, page,
sound, transcript and image keeps its name below the new address.
"""

import json
import re
from urllib.parse import urlsplit

from msgspec import Struct

#: The folders of the web root.
FOLDERS = ("feeds", "episodes")

#: How many days the old addresses must lead on, at the least. Source: Apple, Change the RSS feed URL (837).
LEAST_DAYS = 28


class Redirect(Struct, frozen=True, kw_only=True):
    """That every address that begins with ``old_url`` is answered with 301 to the same below ``new_url``."""

    old_url: str
    new_url: str
    status: int = 301


class Snippet(Struct, frozen=True, kw_only=True):
    """How one kind of host is told: the ``text`` to paste, and the ``note`` on where it goes."""

    host: str
    note: str
    text: str


def folder_url(address: str) -> str:
    """``address`` as the one of a folder: host in small letters, no default port, one stroke at the end."""
    parts = urlsplit(address.strip())
    default = {"https": ":443", "http": ":80"}.get(parts.scheme.lower(), "")
    host = parts.netloc.lower()
    host = host.removesuffix(default) if default else host
    return f"{parts.scheme.lower()}://{host}/{parts.path.strip('/')}".rstrip("/") + "/"


def redirects(old_url: str, new_url: str) -> tuple[Redirect, ...]:
    """What the host of ``old_url`` has to answer, one Redirect a folder; both are addresses of web roots."""
    old, new = folder_url(old_url), folder_url(new_url)
    return tuple(Redirect(old_url=f"{old}{folder}/", new_url=f"{new}{folder}/") for folder in FOLDERS)


def snippets(old_url: str, new_url: str) -> tuple[Snippet, ...]:
    """The same for each kind of host, in its own words."""
    old, new = folder_url(old_url), folder_url(new_url)
    if old.removeprefix("http://") == new.removeprefix("https://"):
        return (_to_https(new),)
    path = urlsplit(old).path
    return (
        _nginx(path, new),
        _caddy(path, new),
        _netlify(path, new),
        _s3(path, new),
        _cloudfront(path, new),
        _github_pages(new),
    )


def _to_https(new: str) -> Snippet:
    """Rules over paths would lead round in circles where nothing but the scheme changes."""
    host = urlsplit(new).netloc
    return Snippet(
        host="any",
        note="the host is the same: switch on “always use HTTPS”, or “force HTTPS”; nginx for one is told",
        text=f"server {{\n    listen 80;\n    server_name {host};\n    return 301 https://$host$request_uri;\n}}\n",
    )


def _pattern(path: str) -> str:
    """A regular expression for what lies in the folders below ``path``; its first group is what stays."""
    return f"^{re.escape(path)}((?:{'|'.join(FOLDERS)})/.*)$"


def _nginx(path: str, new: str) -> Snippet:
    return Snippet(
        host="nginx",
        note="into the server block of the old host",
        text=f'location ~ "{_pattern(path)}" {{\n    return 301 {new}$1;\n}}\n',
    )


def _caddy(path: str, new: str) -> Snippet:
    return Snippet(
        host="Caddy",
        note="into the site block of the old host, in the Caddyfile",
        text=f"@moved path_regexp moved {_pattern(path)}\nredir @moved {new}{{re.moved.1}} permanent\n",
    )


def _netlify(path: str, new: str) -> Snippet:
    lines = (f"{path}{folder}/* {new}{folder}/:splat 301!\n" for folder in FOLDERS)
    return Snippet(
        host="Netlify",
        note="into the file _redirects of the old site; the exclamation mark counts, for the old files may stay",
        text="".join(lines),
    )


def _s3(path: str, new: str) -> Snippet:
    target = urlsplit(new)
    rules = [
        {
            "Condition": {"KeyPrefixEquals": f"{path.lstrip('/')}{folder}/"},
            "Redirect": {
                "Protocol": target.scheme,
                "HostName": target.netloc,
                "ReplaceKeyPrefixWith": f"{target.path.lstrip('/')}{folder}/",
                "HttpRedirectCode": "301",
            },
        }
        for folder in FOLDERS
    ]
    return Snippet(
        host="S3",
        note="Properties, Static website hosting, Redirection rules of the old bucket; only its website endpoint obeys",
        text=json.dumps(rules, indent=2) + "\n",
    )


def _cloudfront(path: str, new: str) -> Snippet:
    # In a JavaScript expression between strokes, strokes are escaped.
    pattern = _pattern(path).replace("/", r"\/")
    return Snippet(
        host="CloudFront",
        note="a CloudFront function for the viewer request of the old distribution, where one stands before the bucket",
        text=(
            "function handler(event) {\n"
            f"  var found = event.request.uri.match(/{pattern}/);\n"
            "  if (!found) { return event.request; }\n"
            "  return {\n"
            "    statusCode: 301,\n"
            '    statusDescription: "Moved Permanently",\n'
            f"    headers: {{ location: {{ value: {json.dumps(new)} + found[1] }} }}\n"
            "  };\n"
            "}\n"
        ),
    )


def _github_pages(new: str) -> Snippet:
    host = urlsplit(new).netloc
    return Snippet(
        host="GitHub Pages",
        note="it cannot redirect a feed",
        text=(
            "GitHub Pages answers with files alone: no page and no setting of it sends 301 for a feed or a sound.\n"
            f"If the old address is one of github.io and the new site may stay there, give the repository {host} as\n"
            "its custom domain: GitHub then leads every old address on by itself.\n"
            "If not, leave the old site online, and put the new feed and the show's page into the old repository as\n"
            "well, at their old places. The feed names its new address (itunes:new-feed-url), which Apple's and many\n"
            "other apps follow; leave every old sound where it is, and change the address by hand at each directory.\n"
        ),
    )
