"""Floor 3, sources: `people:` in the front matter -> Persons: who took part in an episode, and as what.

Source: podcast-namespace, docs/tags/person.md, and the Podcast Taxonomy of roles that it refers to.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.model import Person
from pipeline.patterns import regex
from pipeline.sources.entries import Entry, text_of
from pipeline.sources.listed_keys import Kind, values_of

#: What the namespace asks names not to exceed.
MOST_CHARACTERS = 128

PERSON = Kind(
    name="person",
    keys=("name", "role", "group", "url", "image"),
    other_names={
        "author": "name",
        "href": "url",
        "link": "url",
        "website": "url",
        "img": "image",
        "avatar": "image",
        "photo": "image",
        "picture": "image",
        "job": "role",
    },
)
#: Group -> its roles, in small letters, as feeds have them; the namespace compares without case.
ROLES = {
    "creative direction": (
        *("director", "assistant director", "executive producer", "senior producer", "producer"),
        *("associate producer", "development producer", "creative director"),
    ),
    "cast": (*("host", "co-host", "guest host", "guest", "voice actor", "narrator", "announcer", "reporter"),),
    "writing": (
        *("author", "editorial director", "co-writer", "writer", "songwriter", "guest writer", "story editor"),
        *("managing editor", "script editor", "script coordinator", "researcher", "editor", "fact checker"),
        *("translator", "transcriber", "logger"),
    ),
    "audio production": (
        *("studio coordinator", "technical director", "technical manager", "audio engineer"),
        *("remote recording engineer", "post production engineer"),
    ),
    "audio post-production": (
        *("audio editor", "sound designer", "foley artist", "composer", "theme music", "music production"),
        "music contributor",
    ),
    "administration": (
        *("production coordinator", "booking coordinator", "production assistant", "content manager"),
        *("marketing manager", "sales representative", "sales manager"),
    ),
    "visuals": ("graphic designer", "cover art designer"),
    "community": ("social media manager",),
    "misc.": ("consultant", "intern"),
    "video production": ("camera operator", "lighting designer", "camera grip", "assistant camera"),
    "video post-production": ("editor", "assistant editor"),
}
WEB_ADDRESS = regex(r"https?://[^\s/]\S*")
EXAMPLE = "`- Ines Calder`, or `- name: Ines Calder` and below it `role: guest`"


def people(entry: Entry, *, path: Path) -> tuple[Person, ...]:
    """The Persons that ``entry`` lists, in its order: names alone, or tables that say more.

    A role brings its group with it: without one, readers would take every role for one of the cast.

    Raises:
        SourceError: it is no list of people, or one of them has no name, an unknown key, or a role, group or address
            that is none.
    """
    if entry.type == "text":
        return (Person(name=_name(entry, path=path)),) if str(entry.value).strip() else ()
    if entry.type != "list":
        what = f"`{entry.key}` in the front matter must be a list of people, and this is a {entry.type}"
        raise SourceError(what, cure=f"write {EXAMPLE}", path=path, line=entry.line)
    said = [item for item in entry.items if item.value]
    return tuple(_person(item, number, path=path) for number, item in enumerate(said, start=1))


def _person(item: Entry, number: int, *, path: Path) -> Person:
    if item.type != "mapping":
        return Person(name=_name(item, path=path))
    values = values_of(item, number, kind=PERSON, path=path)
    if "name" not in values:
        what = f"person {number} in the front matter has no `name`"
        raise SourceError(what, cure=f"write {EXAMPLE}", path=path, line=item.line)
    role = _known(values.get("role"), _all_roles(), path=path)
    group = _known(values.get("group"), ROLES, path=path)
    return Person(
        name=_name(values["name"], path=path),
        role=role,
        group=_group_of(role, group, entry=values.get("group"), path=path),
        url=_address(values.get("url"), path=path),
        image=_address(values.get("image"), path=path),
    )


def _name(entry: Entry, *, path: Path) -> str:
    name = text_of(entry, path=path)
    if len(name) > MOST_CHARACTERS:
        what = f"a name in `people` of the front matter has {len(name)} characters"
        cure = f"write at most {MOST_CHARACTERS}, and one person a line"
        raise SourceError(what, cure=cure, path=path, line=entry.line)
    return name


def _known(entry: Entry | None, words: Iterable[str], *, path: Path) -> str:
    """The word of the taxonomy that ``entry`` says, "" where it says none."""
    if entry is None:
        return ""
    written = text_of(entry, path=path)
    known = list(words)
    if written.casefold() in known:
        return written.casefold()
    near = get_close_matches(written.casefold(), known, n=1, cutoff=0.0)[0]
    what = f"`{entry.key}` in the front matter says {written[:60]!r}, which podcast apps do not know"
    raise SourceError(what, cure=f"the nearest that they know is `{near}`", path=path, line=entry.line)


def _all_roles() -> list[str]:
    return [role for roles in ROLES.values() for role in roles]


def _group_of(role: str, group: str, *, entry: Entry | None, path: Path) -> str:
    """The group of ``role``: the one that is said, where the role has several, else its first."""
    groups = [name for name, roles in ROLES.items() if role in roles]
    if entry is None or group in groups:
        return group or next(iter(groups), "")
    if not role:
        what, cure = f"`group: {group}` in the front matter has no role", f"add `role: {ROLES[group][0]}` or another"
    else:
        what = f"`role: {role}` in the front matter is no role of the group {group}"
        cure = f"leave `group` out, or write `group: {groups[0]}`"
    raise SourceError(what, cure=cure, path=path, line=entry.line)


def _address(entry: Entry | None, *, path: Path) -> str:
    if entry is None:
        return ""
    address = text_of(entry, path=path)
    if not WEB_ADDRESS.fullmatch(address):
        what = f"`{entry.key}` in the front matter says {address[:60]!r}"
        cure = "write a full address, such as https://example.org/ines-calder"
        raise SourceError(what, cure=cure, path=path, line=entry.line)
    return address
