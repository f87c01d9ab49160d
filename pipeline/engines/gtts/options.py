"""Floor 3, inside gtts: what [engines.gtts] in show.toml may say."""

from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from pipeline.engines.network import NetworkOptions

#: Stands for the national address of the voice: "co.uk".
TLD = "{tld}"


class GttsOptions(NetworkOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``address`` is where Google Translate is asked, "{tld}" in it the voice's own country; a mirror may be named.

    The rest is what a person might do by hand: Google bars addresses that ask too often.
    """

    address: str = f"https://translate.google.{TLD}"
    timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 20.0
    requests_a_minute: Annotated[float, Meta(ge=0)] = 90
    at_once: Annotated[int, Meta(ge=1, le=64)] = 2

    def __post_init__(self) -> None:
        """Raises ValueError, which the reader of show.toml makes a ConfigError of, for what is no web address."""
        address = self.address.replace(TLD, "com")
        try:
            parts = urlsplit(address)
            is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:  # a port that is no number, brackets that do not close
            is_web, parts = False, urlsplit("")
        has_more = bool(parts.username or parts.password or parts.query or parts.fragment)
        if not is_web or has_more or not address.isascii() or any(sign.isspace() for sign in address):
            raise ValueError(
                'address is no web address: write it like "https://translate.google.{tld}", with nothing behind host, '
                "port and path"
            )
