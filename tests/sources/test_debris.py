"""What a web page puts around an article, and what only looks like it."""

import pytest

from pipeline.model import BlockKind
from pipeline.sources.debris import (
    is_byline,
    is_comment_header,
    is_credit,
    reason_anywhere,
    reason_at_head,
    tail_verdicts,
    words_of,
)

BODY = "The last convoy passed at noon, and the underwriters went home."


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("0:00", "player"),
        ("-6:59", "player"),
        ("12:34 / 1:02:03", "player"),
        ("Current time: 0:00 / Total time: -6:59", "player"),
        ("Subscribe now", "button"),
        ("Share this post", "button"),
        ("Leave a comment", "button"),
        ("Listen now (7 min)", "button"),
        ("12 Likes", "counter"),
        ("12 Likes ∙ 3 Restacks", "counter"),
        ("* * *", "words"),
        ("⁂", "words"),
    ],
)
def test_no_analysis_has_such_lines(line: str, word: str) -> None:
    assert word in reason_anywhere(line)


@pytest.mark.parametrize(
    "line",
    [
        "Spotify",
        "1945",
        "Comments",
        "At 14:30 the talks ended.",
        "12 likes are not a mandate.",
        "Share prices fell as the talks ended.",
        "Subscribe to that view and the treaty looks like a bargain.",
        "Listen now, the envoy said, and listen well.",
        "Leave a comment unanswered and it becomes a policy.",
    ],
)
def test_a_sentence_that_begins_like_a_button_is_none(line: str) -> None:
    assert reason_anywhere(line) == ""
    assert line == "Spotify" or line.istitle() or not tail_verdicts([BODY, line], publication="").get(1)


@pytest.mark.parametrize(
    "line", ["Jan 14, 2026", "14 January 2026 ∙ Paid", "Published on Tuesday, May 5, 2026", "5 min read", "18"]
)
def test_dates_and_counters_above_the_text(line: str) -> None:
    assert reason_at_head(line)
    assert not reason_anywhere(line)


@pytest.mark.parametrize("line", ["May 20, 2025 changed the map", "18 envoys and a map", "Podcast diplomacy"])
def test_titles_that_begin_like_debris(line: str) -> None:
    assert not reason_at_head(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ines Calder", True),
        ("by Ines Calder and Tomas Reyl", True),
        ("By sea and by land", False),
        ("By Friday the ships were gone.", False),
        ("Ines Calder", False),
    ],
)
def test_bylines(line: str, expected: bool) -> None:
    assert is_byline(line) is expected


@pytest.mark.parametrize(
    "line", ["Discussion about this episode", "Discussion about this post", "14 comments on this article"]
)
def test_headings_of_the_comments(line: str) -> None:
    assert is_comment_header(line)
    assert not is_comment_header(f"A {line}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An earlier version of this analysis was published by The Quay on May 2, 2026.", True),
        ("A shorter version of this essay appeared in The Quay.", True),
        ("This article was first published by The Quay.", True),
        ("This piece originally appeared in The Quay.", True),
        ("Originally published in The Quay, May 2, 2026.", True),
        ("This article is republished from The Quay under a licence.", True),
        ("An earlier version of this deal was published by the ministry.", False),
        ("This report was published on Monday, and the minister resigned.", False),
        ("Originally published in 1962, the memoir still divides the capital.", False),
        ("The article first published there began the affair.", False),
    ],
)
def test_credit_notes(text: str, expected: bool) -> None:
    assert is_credit(text) is expected


@pytest.mark.parametrize(
    "line",
    [
        "Apple Podcasts",
        "Amazon/Audible",
        "Listen on Spotify",
        "Spotify, Overcast and YouTube Music",
        "We hope you’ll share The Harbour Review with anyone who might find it of interest.",
        "Thanks for reading The Harbour Review!",
        "Thank you for listening.",
        "Please share this analysis with your friends.",
        "If you enjoyed this post, share it with a friend.",
        "The Harbour Review is a reader-supported publication. To receive new posts, subscribe.",
        "Subscribe to our newsletter for more.",
        "Share The Harbour Review",
        "The Harbour Review",
        "© 2026 Ines Calder",
        "Privacy ∙ Terms ∙ Collection notice",
        "This site uses cookies to remember you.",
    ],
)
def test_below_the_text_and_only_there(line: str) -> None:
    publication = words_of("The Harbour Review")
    assert tail_verdicts([BODY, line], publication=publication)[1].kind is BlockKind.BOILERPLATE
    assert not tail_verdicts([BODY, line, BODY], publication=publication)


@pytest.mark.parametrize(
    "sentence",
    [
        "Share of trade matters more than share of voice, and both fell.",
        "If you like this treaty, you have not read its annex.",
        "Thanks to the insurers, the lane is open.",
        "Spotify carried the speech within the hour.",
        "Follow the money and it ends in Varn.",
        "Listeners on Apple Podcasts heard another story.",
    ],
)
def test_a_last_sentence_of_the_analysis_stays(sentence: str) -> None:
    assert not tail_verdicts([BODY, sentence], publication="the harbour review")


def test_the_tail_is_read_upwards_past_short_lines_that_nobody_knows() -> None:
    texts = [BODY, "Thanks for reading!", "Other places", "Spotify", "Overcast"]
    assert set(tail_verdicts(texts, publication="")) == {1, 3, 4}


def test_from_the_comments_on_all_is_debris() -> None:
    verdicts = tail_verdicts([BODY, "Discussion about this post", BODY, "Spotify"], publication="")
    assert set(verdicts) == {1, 2, 3}
    assert {verdict.fate.reason for verdict in verdicts.values()} == {
        "the comments on the web page, not part of the analysis"
    }


def test_words_are_compared_without_case_and_signs() -> None:
    assert words_of("The Quay’s “price” — 5%!") == words_of("the quay's PRICE: 5") == "the quays price 5"
