"""Floor 3, sources: web addresses as text, typed or redirected to -> what may be asked for. Knows no network."""

import ipaddress
import re

import httpx

from pipeline.patterns import regex
from pipeline.sources.fetching.faults import SAVE, Fault, quoted

_LONGEST_SHOWN = 160

#: A name in the form in which it is looked up: labels of ASCII letters, digits and hyphens (RFC 1123), and the
#: underscore, which some have.
_NAME = regex(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")

#: A last label that makes a number of the whole host: 2130706433, 0x7f.1 and 0177.0.0.1 are all this computer.
#: Source: https://url.spec.whatwg.org/#ends-in-a-number-checker
_NUMBER_AT_THE_END = regex(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")


def is_web_address(text: str) -> bool:
    """True if ``text`` is meant as an http or https address, even a faulty one, and not as the name of a file."""
    return re.match(r"\s*https?:", text, re.IGNORECASE) is not None


def typed_address(text: str) -> httpx.URL:
    """The address that a person typed, without its fragment.

    Raises:
        Fault: it is none that is fetched.
    """
    if any(char.isspace() or not char.isprintable() for char in text):
        raise Fault("holds blanks or control characters", cure="take them out, and write %20 for a blank that belongs")
    try:
        url = httpx.URL(text).copy_with(fragment=None)
    except httpx.InvalidURL as error:
        raise _unreadable() from error
    _require_fetchable(url)
    return url


def redirected_address(url: httpx.URL, location: str) -> httpx.URL:
    """Where ``location``, the header of a redirect from ``url``, leads to.

    Raises:
        Fault: nothing is fetched from there.
    """
    try:
        target = url.join(location).copy_with(fragment=None)
        _require_fetchable(target)
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: urllib joins them, and minds its brackets
        raise _astray(location, _unreadable()) from error
    except Fault as fault:
        raise _astray(location, fault) from fault
    if url.scheme == "https" and target.scheme == "http":
        raise _astray(location, Fault("is not encrypted, though it is itself", cure=SAVE))
    return target


def _astray(location: str, fault: Fault) -> Fault:
    return Fault(f"redirects to {shown(location)}, which {fault.what}", cure=SAVE)


def _unreadable() -> Fault:
    return Fault("cannot be read as a web address", cure="copy it out of the browser's address bar")


def shown(address: httpx.URL | str) -> str:
    """``address`` for messages: on one line, not too long, and without what may be secret (password, query)."""
    bare = re.sub(r"(?<=//)[^/?#]*@", "", str(address).partition("#")[0])
    place, mark, _ = bare.partition("?")
    cut = quoted(place, most=_LONGEST_SHOWN)
    return f"{cut}?…" if mark else cut


def _require_fetchable(url: httpx.URL) -> None:
    host = url.raw_host.decode("ascii")
    if url.scheme not in {"http", "https"}:
        raise Fault("is no http or https address", cure="give one that begins with https://")
    if url.userinfo:
        raise Fault(
            f"carries a name or password before its @ (the host is {host})",
            cure="take out all between // and @; save pages behind a login in a browser and name the files",
        )
    if not host:
        raise Fault("names no host", cure="write it as https://host/page")
    if url.port is not None and not 1 <= url.port <= 65535:
        raise Fault(f"names port {url.port}", cure="give one from 1 to 65535, or none")
    if not is_ip_address(host):
        _require_name(url, host=host)


def has_readable_host(url: httpx.URL) -> bool:
    """True if ``url`` names a host and httpx, which decodes it for every request, can do so: "xn--" says nothing."""
    try:
        return bool(url.host)
    except UnicodeError:
        return False


def _require_name(url: httpx.URL, *, host: str) -> None:
    if _NUMBER_AT_THE_END.fullmatch(host):
        raise Fault("writes an IPv4 address in a disguised form", cure="write it as four numbers from 0 to 255")
    if len(host) > 253 or not _NAME.fullmatch(host) or not has_readable_host(url):
        raise Fault("has a host that is no name", cure="copy it out of the browser's address bar")


def is_ip_address(host: str) -> bool:
    """True if ``host`` is an IPv4 or IPv6 address in its one proper form, not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
