"""Floor 2, beside scripting: the words around an article, from templates. Pure.

A template is a line with the names of fields in braces, and in square brackets what goes when a field in it is
empty: "“{title}”[, by {author}]." A line with an empty field outside brackets is not said at all.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.errors import ConfigError
from pipeline.patterns import regex

#: What a template may name.
FIELDS = ("show", "title", "subtitle", "author", "date", "disclosure", "credit", "correction")

_TOKEN = regex(r"\{(?P<field>[^{}\[\]]*)\}|(?P<mark>[{}\[\]])|(?P<words>[^{}\[\]]+)")
#: A stop of the template after a title that brings an end mark of its own.
_DOUBLE_STOP = regex(r"([.!?…][”\"’']?)\.")


class Announcement(Struct, frozen=True, kw_only=True):
    """One line to say. ``fields`` are those that are in it; ``is_bare`` says that it is one field and nothing else."""

    text: str
    fields: tuple[str, ...]
    is_bare: bool


def announcements(templates: tuple[str, ...], values: Mapping[str, str]) -> Iterator[Announcement]:
    """The lines that ``templates`` come to with ``values``, in order; those that nothing is known for are left out.

    Raises: ConfigError for a template that is not well formed.
    """
    for template in templates:
        filled = _filled(template, values)
        if filled is not None:
            yield filled


def fields_of(template: str) -> tuple[str, ...]:
    """The fields that ``template`` names, in order.

    Raises: ConfigError for a field that there is not, a brace or bracket without its other half, nested brackets.
    """
    return tuple(token["field"] for token in _tokens(template) if token["field"] is not None)


def _filled(template: str, values: Mapping[str, str]) -> Announcement | None:
    said: list[str] = []
    named: list[str] = []
    for tokens, is_option in _parts(template):
        words = [token["words"] if token["field"] is None else values[token["field"]] for token in tokens]
        if all(words):
            said += words
            named += [token["field"] for token in tokens if token["field"] is not None]
        elif not is_option:
            return None
    text = _DOUBLE_STOP.sub(r"\1", "".join(said)).strip()
    is_bare = len(named) == 1 and template.strip() == f"{{{named[0]}}}"
    return Announcement(text=text, fields=tuple(named), is_bare=is_bare) if text else None


def _parts(template: str) -> Iterator[tuple[list[re.Match[str]], bool]]:
    """What stands between the square brackets, and whether it is an option: inside a pair of them."""
    tokens: list[re.Match[str]] = []
    for token in _tokens(template):
        if token["mark"] is None:
            tokens.append(token)
        else:
            yield tokens, token["mark"] == "]"
            tokens = []
    yield tokens, False


def _tokens(template: str) -> Iterator[re.Match[str]]:
    depth = 0
    for token in _TOKEN.finditer(template):
        if token["field"] is not None and token["field"] not in FIELDS:
            raise _malformed(template, f"there is no field “{token['field']}”; there are {', '.join(FIELDS)}")
        if token["mark"] in {"{", "}"}:
            raise _malformed(template, f"a “{token['mark']}” stands alone")
        depth += {"[": 1, "]": -1}.get(token["mark"] or "", 0)
        if depth not in {0, 1}:
            raise _malformed(template, "its square brackets do not pair, or stand inside each other")
        yield token
    if depth:
        raise _malformed(template, "a “[” is not closed")


def _malformed(template: str, what: str) -> ConfigError:
    return ConfigError(
        f"the announcement “{template}” cannot be filled in: {what}",
        cure='correct it under [announcements] in show.toml, for example "“{title}”[, by {author}]."',
    )
