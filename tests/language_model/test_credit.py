"""A summary that a machine wrote is never without its credit, and what is only remembered changes nothing published."""

from datetime import UTC, datetime

from pipeline.feeds.ledger import content_digest
from pipeline.model import Article, ModelAnswer
from pipeline.notes import write_notes
from tests.samples import episode


def notes(*, summary: str, subtitle: str = "", summary_by: str = "") -> str:
    article = Article(
        slug="pilots",
        title="The pilots of the strait",
        subtitle=subtitle,
        author="Ines Calder",
        published=datetime(2026, 3, 2, 6, tzinfo=UTC),
        language="en-GB",
        source_url="",
        summary=summary,
        tags=(),
        blocks=(),
    )
    return write_notes(article, (), corrections=(), voice="espeak en-gb", summary_by=summary_by)


def test_the_credit_stands_behind_the_summary() -> None:
    written = notes(summary="Every tanker takes one.", subtitle="No treaty names it", summary_by="tern <7b> & co")
    assert written.startswith(
        "<p>No treaty names it</p><p>Every tanker takes one.</p><p>Summary written by tern &lt;7b&gt; &amp; co.</p>"
    )


def test_a_person_is_not_credited() -> None:
    assert "written by" not in notes(summary="Every tanker takes one.")


def test_a_summary_is_not_shown_without_room_for_its_credit() -> None:
    written = notes(summary="Every tanker takes one.", subtitle="s" * 3000, summary_by="m" * 5000)
    assert ("Every tanker" in written) == ("Summary written by" in written)
    assert len(written.encode()) <= 4000


def test_digests_of_published_episodes_do_not_change_with_what_is_remembered() -> None:
    answers = (ModelAnswer(recipe="a" * 64, model="tern-7b", texts=("The price of fear",)),)
    assert content_digest(episode(summary_by="tern-7b", answers=answers)) == content_digest(episode())
