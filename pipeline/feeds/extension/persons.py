"""Floor 3, inside the feeds: who took part, as podcast:person. The voice that reads is nobody."""

from collections.abc import Iterable, Iterator

from pipeline.feeds.extension.elements import Element, address, given, label
from pipeline.model import Episode, Person, Show


def persons_of_show(show: Show) -> Iterator[Element]:
    """Those of every episode (RSS: channel/podcast:person)."""
    return _elements(show.feed.persons, cure="correct it under [[feed.persons]] in show.toml")


def persons_of_episode(show: Show, episode: Episode) -> Iterator[Element]:
    """Author, those of the article, those of every episode (RSS: item/podcast:person).

    An item's list takes the place of the channel's, which is why those stand here again.
    Source: podcast-namespace, docs/tags/person.md.
    """
    named = (*episode.listing.persons, *show.feed.persons)
    author = Person(name=episode.author, role="author", group="writing")
    cure = f"correct it in {episode.source_path}, or under [[feed.persons]] in show.toml"
    return _elements((*_unless_named(author, named), *named), cure=cure)


def _unless_named(author: Person, named: Iterable[Person]) -> tuple[Person, ...]:
    """The author by name alone, unless somebody said more of them."""
    name = label(author.name)
    is_named = any(label(one.name) == name and one.role.lower() == author.role for one in named)
    return () if is_named else (author,)


def _elements(persons: Iterable[Person], *, cure: str) -> Iterator[Element]:
    said: set[tuple[str, str]] = set()
    for person in persons:
        name = label(person.name)
        if not name or (name, person.role.lower()) in said:
            continue
        said.add((name, person.role.lower()))
        image = person.image and address(person.image, f"the image of {name}", cure=cure)
        page = person.url and address(person.url, f"the page of {name}", cure=cure)
        about = (("role", label(person.role)), ("group", label(person.group)), ("img", image), ("href", page))
        yield Element(name="podcast:person", attributes=given(about), text=name)
