"""What the front matter says of an article's place in the feed, in every form, and what other tools mean by a key."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, SourceError
from pipeline.model import Article, EpisodeKind, Listing, Person, SoundbiteMark
from pipeline.sources import Given, Source, read_article
from pipeline.sources.draft import Draft
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.listing import listing_of
from pipeline.sources.seed import seed_text

PATH = Path("seeds/quay.md")
GIVEN = Given(language="en-GB", publish_time="06:30", show_title="The Harbour Review")

YAML = """\
---
title: The quay
date: 2026-03-02
author: Ines Calder
type: bonus
season: 2
episode: 7
explicit: no
draft: true
embargo: 2026-03-05T08:00:00+02:00
people: [Tomas Reyl]
soundbites:
  - from: The quay
notes: |
  With thanks to the [port](https://port.example/).

  - One
  - Two
---
"""
TOML = """\
+++
title = "The quay"
date = 2026-03-02
author = "Ines Calder"
type = "Bonus"
season = 2
episode = 7
explicit = false
draft = true
embargo = 2026-03-05T08:00:00+02:00
people = ["Tomas Reyl"]
soundbites = [{from = "The quay"}]
notes = '''
With thanks to the [port](https://port.example/).

- One
- Two
'''
+++
"""
LISTING = Listing(
    kind=EpisodeKind.BONUS,
    season=2,
    number=7,
    is_explicit=False,
    is_draft=True,
    embargo_until=datetime(2026, 3, 5, 6, tzinfo=UTC),
    persons=(Person(name="Tomas Reyl"),),
    notes_html='<p>With thanks to the <a href="https://port.example/">port</a>.</p><ul><li>One</li><li>Two</li></ul>',
)


def front_of(text: str) -> FrontMatter:
    return read_front_matter(text, path=PATH)


def listing(text: str, *, given: Given = GIVEN) -> Listing:
    return listing_of(front_of(text), given, path=PATH)


def article(folder: Path, text: str, *, name: str = "quay.md") -> Article:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_article(Source(path=path, name=name), GIVEN)


@pytest.mark.parametrize("text", [YAML, TOML])
@pytest.mark.parametrize("name", ["quay.md", "quay.txt"])
def test_the_article_has_all_of_it(tmp_path: Path, text: str, name: str) -> None:
    read = article(tmp_path, f"{text}\nThe quay is long.\n\nThe vote is near.\n", name=name)
    assert read.listing == LISTING
    assert [(mark.words, mark.seconds) for mark in read.soundbites] == [("The quay", 30.0)]


def test_header_lines_say_what_has_room_in_a_line() -> None:
    text = (
        "Title: The quay\nDate: 2026-03-02\nType: trailer\nSeason: 2\nEpisode: 7\nExplicit: yes\nStatus: draft\n"
        "Embargo: 2026-03-05 08:00 +02:00\nPeople: Tomas Reyl, Salka\nNotes: With *thanks*\n    to the port.\n"
    )
    assert listing(text) == Listing(
        kind=EpisodeKind.TRAILER,
        season=2,
        number=7,
        is_explicit=True,
        is_draft=True,
        embargo_until=datetime(2026, 3, 5, 6, tzinfo=UTC),
        persons=(Person(name="Tomas Reyl"), Person(name="Salka")),
        notes_html="<p>With thanks to the port.</p>",
    )


def test_what_is_not_said_is_as_the_show_has_it(tmp_path: Path) -> None:
    plain = "---\ntitle: The quay\ndate: 2026-03-02\nauthor: Ines Calder\n---\nThe quay is long.\n"
    assert article(tmp_path, plain).listing == Listing()
    assert article(tmp_path, plain).soundbites == ()
    assert listing("---\ntype:\nexplicit: ''\nembargo:\npeople: []\nnotes: ''\n---\n") == Listing()


@pytest.mark.parametrize(
    ("written", "is_explicit"),
    [("yes", True), ("no", False), ("true", True), ("False", False), ('"yes"', True), ("clean", False), ("on", True)],
)
def test_explicit(written: str, is_explicit: bool) -> None:
    assert listing(f"---\nexplicit: {written}\n---\n").is_explicit is is_explicit


@pytest.mark.parametrize("written", ["post", "page", "Newsletter", "[trailer]", "podcast", "5", "{a: b}", "essay"])
def test_types_of_other_tools_are_left_alone(written: str) -> None:
    assert listing(f"---\ntype: {written}\n---\n").kind is EpisodeKind.FULL


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-05T08:00:00Z", datetime(2026, 3, 5, 8, tzinfo=UTC)),
        ("2026-03-05 08:00 +0530", datetime(2026, 3, 5, 2, 30, tzinfo=UTC)),
        ('"2026-03-05T08:00:00-08:00"', datetime(2026, 3, 5, 16, tzinfo=UTC)),
        ("2026-03-05", datetime(2026, 3, 5, 6, 30, tzinfo=UTC)),
    ],
)
def test_an_embargo_is_a_moment(written: str, moment: datetime) -> None:
    assert listing(f"---\nembargo: {written}\n---\n").embargo_until == moment


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("embargo: 2026-03-05T08:00:00", 2, "`embargo`.*a time without its zone; write 2026-03-02T06:00:00"),
        ("title: A\nembargo: Thursday", 3, "`embargo`.*'Thursday', which is no date"),
        ("embargo: 2026-02-30", 2, "`embargo`.*no date"),
        ("embargo: true", 2, "`embargo`.*yes/no value"),
        ("embargo: [2026-03-05]", 2, "`embargo`.*list"),
        ("embargos: 2026-03-05", 2, "`embargos` is no key.*`embargo`"),
        ("type: trailor", 2, "`type`.*'trailor'; did you mean `trailer`"),
        ("type: Bonuss", 2, "did you mean `bonus`"),
        ("explicit: maybe", 2, "`explicit`.*'maybe'; write true or false"),
        ("explicit: [no]", 2, "`explicit`.*write true or false"),
        ("notes: [a, b]", 2, "`notes`.*must be a text, and this is a list"),
        ("notes: true", 2, "`notes`.*yes/no value"),
        ("note: a", 2, "`note` is no key.*`notes`"),
        ("explicit: no\nexplicit: yes", 3, "`explicit` stands twice"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(lines: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        listing(f"---\n{lines}\n---\n")
    assert (error.value.line, error.value.path) == (line, PATH)


def test_a_wrong_publish_time_is_the_shows_fault() -> None:
    given = Given(language="en-GB", publish_time="6 o'clock", show_title="The Harbour Review")
    with pytest.raises(ConfigError, match="publish_time"):
        listing("---\nembargo: 2026-03-05\n---\n", given=given)


def test_an_embargo_that_cannot_be_read_is_refused_across_the_reading_room(tmp_path: Path) -> None:
    text = "---\ntitle: x\ndate: 2026-03-02\nauthor: A\nembargo: soon\n---\nThe quay.\n"
    with pytest.raises(SourceError, match=r"quay\.md, line 5: `embargo`"):
        article(tmp_path, text)


@pytest.mark.parametrize("text", [YAML, TOML])
def test_an_imported_file_keeps_all_of_it(text: str) -> None:
    front = front_of(text)
    written = seed_text(Draft(front=front, markdown="One."), post_id="file:quay.md")
    again = front_of(written)
    assert listing_of(again, GIVEN, path=PATH) == LISTING
    assert [(mark.words, mark.seconds, mark.title) for mark in again.soundbites] == [("The quay", 30.0, "")]
    assert again.notes == front.notes
    assert "\nnotes: |-\n  With thanks to the" in written


def test_every_part_of_people_and_soundbites_survives_an_import() -> None:
    person = Person(
        name="Tomas Reyl", role="guest", group="cast", url="https://a.example/", image="https://a.example/b"
    )
    mark = SoundbiteMark(words="The quay: long", seconds=45.5, title='It is "long"')
    front = FrontMatter(title="A", persons=(person, Person(name="Salka")), soundbites=(mark,), is_explicit=True)
    again = front_of(seed_text(Draft(front=front, markdown="One."), post_id="file:quay.md"))
    assert (again.persons, again.is_explicit) == (front.persons, True)
    assert [(one.words, one.seconds, one.title) for one in again.soundbites] == [
        ("The quay: long", 45.5, 'It is "long"')
    ]


HUGO = """\
+++
title = "The quay"
date = 2026-03-02T08:00:00+02:00
lastmod = 2026-03-04
draft = false
type = "post"
types = ["essay", "trailer"]
layout = "single"
weight = 10
categories = ["Trade"]
tags = ["ships"]
aliases = ["/old-quay/"]
outputs = ["html"]
[params]
  explicit = "maybe"
  people = 7
[menu.main]
  name = "quay"
[[resources]]
  src = "quay.jpg"
  title = "The quay"
+++
"""
JEKYLL = """\
---
layout: post
title: "The quay"
date: 2026-03-02 08:00:00 +0200
type: page
published: true
categories: trade shipping
permalink: /:year/quay/
excerpt_separator: <!--more-->
header:
  overlay_image: quay.jpg
  type: trailer
author_profile: true
---
"""
PELICAN = """\
Title: The quay
Date: 2026-03-02 10:20
Modified: 2026-03-04 19:30
Category: Trade
Tags: ships, tolls
Slug: the-quay
Authors: Ines Calder, Tomas Reyl
Summary: In short.
Status: published
Template: essay
Type: article
"""
GHOST = """\
---
title: The quay
slug: the-quay
date_published: 2026-03-02T06:00:00.000Z
date_updated: 2026-03-04T06:00:00.000Z
type: newsletter
visibility: public
email_only: false
---
"""
SUBSTACK = """\
---
title: The quay
post_id: 164712345.the-quay
type: podcast
audience: everyone
podcast_url:
---
"""


@pytest.mark.parametrize("text", [HUGO, JEKYLL, PELICAN, GHOST, SUBSTACK])
def test_the_front_matter_of_other_tools_reads_as_before(text: str) -> None:
    front = front_of(text)
    assert front.title == "The quay"
    assert listing_of(front, GIVEN, path=PATH) == Listing()


def test_a_press_release_is_no_header() -> None:
    prose = "Title: The quay\nEmbargo: not before Thursday.\nNotes: to editors.\nType: release\n"
    assert front_of(prose) == FrontMatter()
