"""Floor 3: servers that show.toml names, and the keys they want: the rules for all of them.

An address is only repeated in a message where it carries no secret. A key is read where it is sent and held by no
value: it can come into no file, log or cache key.
"""

import ipaddress
import os
from urllib.parse import urlsplit

from pipeline.errors import ConfigError
from pipeline.patterns import regex

#: Upper case alone: a key that was written in the place of the variable's name has small letters.
#: Source: POSIX.1-2017, Base Definitions, 8.1.
_VARIABLE = regex(r"[A-Z_][A-Z0-9_]*")

#: What can stand in a header behind "Bearer ". Source: RFC 6750, section 2.1 (b64token), and what servers give out.
_KEY = regex(r"[!-~]+")

#: Under which service the keyring of the desktop keeps our keys, by the names of the variables.
KEYRING_SERVICE = "audio-edition"


def require_server_address(url: str, *, table: str, example: str) -> None:
    """Nothing, if ``url`` of the ``table`` in show.toml is the base of an API and carries no secret.

    Raises: ConfigError, which repeats it only where it carries none.
    """
    try:
        parts = urlsplit(url)
        has_secret = bool(parts.username or parts.password or parts.query or parts.fragment)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        has_secret, is_address = False, False
    if has_secret:
        raise ConfigError(
            f'{table} url in show.toml has more than host, port and path in it ("@", "?" or "#")',
            cure="leave that out; a key belongs into the environment variable that key_variable names",
        )
    if not is_address or not url.isascii() or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise ConfigError(
            f"{table} url = {url[:80]!r} in show.toml is no web address",
            cure=f'write it like "{example}" or "https://api.example.org/v1"',
        )


def require_encryption(url: str, *, table: str) -> None:
    """Nothing, if a key may be sent to ``url``. Raises ConfigError where it would leave this computer in the clear."""
    if urlsplit(url).scheme != "https" and not is_this_computer(url):
        raise ConfigError(
            f"{table} url = {url[:80]!r} in show.toml is not encrypted, and a key would be sent to it",
            cure="write https://, or take key_variable out if the server wants no key",
        )


def read_key(variable: str, *, table: str) -> str:
    """The key that the environment ``variable`` holds, or else the keyring under that name.

    Raises:
        ConfigError: neither has it, or it holds what cannot be a key; the key is never repeated.
    """
    if not _VARIABLE.fullmatch(variable):
        raise ConfigError(
            f"{table} key_variable in show.toml is no name of an environment variable",
            cure='write a name in capitals, such as "OPENAI_API_KEY", and never the key itself',
        )
    key = os.environ.get(variable, "").strip() or _from_keyring(variable)
    if not key:
        raise ConfigError(
            f"the environment variable {variable}, in which {table} has its key, is not set",
            cure=f"export {variable}=... before the build, or keep the key in your keyring: "
            f"keyring set {KEYRING_SERVICE} {variable} (docs/voices.md, Keys)",
        )
    if not _KEY.fullmatch(key):
        raise ConfigError(f"the key in {variable} holds blanks or other signs that no key has", cure="copy it anew")
    return key


def _from_keyring(variable: str) -> str:
    """What the keyring keeps under that name; "" where there is no keyring, or nothing in it."""
    try:
        import keyring  # noqa: PLC0415 - an optional extra, and slow to load
        from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415
    except ImportError:
        return ""
    try:
        return (keyring.get_password(KEYRING_SERVICE, variable) or "").strip()
    except NoKeyringError:  # the package is there, and no service behind it: a server, a container
        return ""
    except KeyringError as error:
        raise ConfigError(
            f"the keyring was asked for {variable} and failed: {error}",
            cure=f"unlock it, or export {variable}=... before the build",
        ) from error


def is_this_computer(url: str) -> bool:
    """Whether what is sent to ``url`` stays on this computer. Source: RFC 6761, section 6.3, for the name."""
    host = (urlsplit(url).hostname or "").removesuffix(".")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
