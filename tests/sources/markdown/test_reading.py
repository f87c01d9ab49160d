"""Markdown -> Blocks: golden pairs, single rules, what is refused, and what must hold of any text."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model import BlockKind, Link
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.manuscript import clean
from pipeline.sources.markdown import is_like_markdown
from tests.sources import golden
from tests.sources.markdown.pages import blocks_of, listed


@pytest.mark.parametrize("path", sorted(golden.DATA.glob("*.md")), ids=lambda path: path.stem)
def test_golden_pairs(path: Path) -> None:
    expected = path.with_suffix(".golden").read_text(encoding="utf-8")
    assert golden.listing(path) == expected, "if this is meant, run `make goldens` and read the diff"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A *b* **c** ***d*** `f` __g__", "A b c d f g"),
        ("one\ntwo  \nthree\\\nfour", "one two three four"),
        ("[a *b*](https://x.example) c", "a b c"),
        ("“Smart” — it’s 5…", "“Smart” — it’s 5…"),
        ("a&nbsp;b &lt;c&gt; &shy;d&#x200b;e", "a\u00a0b <c> de"),
        ("a<br>b <b>c</b> <!-- no --> d", "a b c d"),
        ("5*3 and 2 * 3, *left open, Canal,*or", "5*3 and 2 * 3, left open, Canal,or"),
        ("end[^1], next [^1]. And [^1] on[^1]", "end, next. And on"),
        ("[^1] first[^1][^1] [^1]", "first"),
        ("a ![flag](f.png) b", "a b"),
        ("bad [x](javascript:alert) stays words", "bad x stays words"),
        ("bad [x](https://[broken/) stays words", "bad x stays words"),
        (r"\*a\*, \[b\], \# c, 5\*3", "*a*, [b], # c, 5*3"),
        ("the ![flag](f.png), and", "the, and"),
    ],
)
def test_what_a_reader_sees(source: str, text: str) -> None:
    note = "\n\n[^1]: Note." if "[^1]" in source else ""
    assert blocks_of(source + note)[0].text == text


def test_what_its_author_struck_out_is_listed_and_not_read() -> None:
    text = (
        "Tolls ~~fell *by [half](https://a.example)* ![a gate](b.png)~~ rose.\n\n~~This was never true.~~\n\n> A ~~b."
    )
    blocks = blocks_of(text)
    assert [(block.text, block.is_spoken, block.links) for block in blocks] == [
        ("Tolls rose.", True, ()),
        ("fell by half a gate", False, ()),
        ("This was never true.", False, ()),
        ("A ~~b.", True, ()),
    ]
    assert {block.fate.reason for block in blocks if not block.is_spoken} == {"struck out by its author"}
    assert {block.kind for block in blocks if not block.is_spoken} == {BlockKind.BOILERPLATE}


@pytest.mark.parametrize(
    ("line", "reason"),
    [("💡", "nothing in these lines has words"), ("…", "a dividing line has no words")],
)
def test_lines_without_words_say_what_they_are(line: str, reason: str) -> None:
    for text in (f"A.\n\n{line}\n\nB.", f"A.\n\n{line}"):
        assert blocks_of(text)[1].fate.reason == reason


def test_links_have_words_and_a_whole_address() -> None:
    front = FrontMatter(source="https://harbour-review.example/p/quay")
    text = "[a](/b) [c](https://d.example/?e=f&g) <https://h.example> [i](mailto:i@j.example) [k](javascript:k) [](l)"
    assert blocks_of(text, front=front)[0].links == (
        Link(text="a", url="https://harbour-review.example/b"),
        Link(text="c", url="https://d.example/?e=f&g"),
        Link(text="https://h.example", url="https://h.example"),
        Link(text="i", url="mailto:i@j.example"),
    )
    assert blocks_of("[a](/b)")[0].links == ()


def test_addresses_with_blanks_leave_no_brackets() -> None:
    assert blocks_of("![A fort](images/the fort.jpg)")[0].kind is BlockKind.FIGURE
    assert blocks_of("It [he said](in a low voice) ends.")[0].text == "It [he said](in a low voice) ends."


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("", [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.HEADING]),
        ("The QUAY", [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.HEADING]),
        ("Another", [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING]),
        ("Later", [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING]),
    ],
)
def test_a_leading_heading_that_says_the_title_is_the_title(title: str, kinds: list[BlockKind]) -> None:
    blocks = blocks_of("# The quay\n\nLong.\n\n# Later\n", front=FrontMatter(title=title))
    assert [block.kind for block in blocks] == kinds
    assert [block.level for block in blocks] == [0 if kind is not BlockKind.HEADING else 1 for kind in kinds]


def test_a_heading_inside_a_quotation_starts_no_part() -> None:
    assert blocks_of("> ## Said\n> there")[0].kind is BlockKind.QUOTATION


def test_what_stands_in_a_footnote_is_never_spoken() -> None:
    blocks = blocks_of("A[^1]\n\n[^1]: One.\n\n    > Two.\n\n    - Three.\n")
    assert [(block.kind, block.is_spoken) for block in blocks[1:]] == [(BlockKind.FOOTNOTE, False)] * 3


def test_a_footnote_nobody_refers_to_is_kept_for_the_notes() -> None:
    assert [block.kind for block in blocks_of("A.\n\n[^x]: Lone.")] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]


def test_buttons_and_the_tail_of_a_page_are_dropped_footnotes_after_them_are_not() -> None:
    text = "A[^1] b.\n\n[Subscribe now](https://s.example)\n\nC.\n\nThanks for reading!\n\n- Spotify\n\n[^1]: Note."
    assert [block.kind.value for block in blocks_of(text)] == [
        *("paragraph", "boilerplate", "paragraph", "boilerplate", "boilerplate", "footnote"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: x\n---\nA.\n\n```\ncode\n\nProse.\n", 6, "``` is never closed"),
        ("> ~~~\n> code\n\nProse.", 1, "~~~ is never closed"),
        ("A.\n\n<!-- note\n\nProse.", 3, "never closed; write -->"),
        ("A.\n\nB[^2] c.\n\n[^1]: One.", 3, r"\[\^2\] has no footnote"),
        ("A.\n\nB^[c [^2]].\n\n[^1]: One.", 3, r"\[\^2\] has no footnote"),
        ("A.\n\n%% hidden\n\nB.", 3, r"%% is never closed; write %%"),
        ("A.\n\nB %% hidden\n\nand hidden %% c.", 3, r"%% inside a paragraph.*lines of its own"),
        ("A.\n\n{% comment %}\n\nB.", 3, r"{% comment %} is never closed"),
        ("- A.\n\n  {{< highlight go >}}\n\nB.\n\n{{< /highlight >}}", 3, "{{< highlight go >}} is never closed"),
        ("A.\n\n" + "> " * 150 + "deep", 3, "too deep"),
        ("\n".join("  " * depth + "- x" for depth in range(120)), 50, "too deep"),
    ],
)
def test_what_would_lose_words_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        blocks_of(text)
    assert error.value.line == line
    assert "\n" not in str(error.value)


def test_one_double_percent_sign_is_no_comment() -> None:
    assert listed("It grew by 5 %% a year.\n\nThen 100%% or 200%%.")[0] == ("paragraph", "It grew by 5 %% a year.")


def test_nesting_that_is_allowed_loses_nothing() -> None:
    text = "\n".join("  " * depth + f"- x{depth}" for depth in range(48))
    assert [block.text for block in blocks_of(text)] == [f"x{depth}" for depth in range(48)]


@pytest.mark.parametrize(
    "attack",
    [
        *("[" * 20_000, "![" * 10_000, "*a " * 10_000, "a " + " " * 50_000 + "b", "](" * 10_000, "> " * 9_000),
        *("[[a" * 10_000, "{{<" * 10_000, "{% a" * 10_000, "{{< chart >}}\n" * 4_000, "{{< a\n" * 5_000, "{:" * 20_000),
        *("%%a" * 10_000, "%% a\n" * 5_000, "$a" * 20_000, "$$a\n" * 8_000, "==a" * 10_000, "[a](b c/d" * 4_000),
        *(
            "<!-- " * 10_000,
            "<div>\n\n" * 4_000,
            "<sup>" * 5_000,
            "<s>" * 20_000,
            "<div><!-- " * 20_000,
            "a\n: b\n" * 4_000,
            "- [ ] a\n" * 4_000,
        ),
        *("Table: a\n\n| a |\n|--|\n| 1 | 2 |\n\n" * 800, "> [!embed] a\n" * 3_000, "Title: a\n" * 6_000),
    ],
)
def test_attacks_end_soon(attack: str) -> None:
    started = time.process_time()
    try:
        is_like_markdown(attack)
        blocks_of(attack)
    except SourceError:
        pass
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prose.\n\n## Part\n", True),
        ("See [x](https://x.example).", True),
        ("A **bold** word", True),
        ("Note.[^1]\n\n[^1]: It.", True),
        ("```\ncode\n```", True),
        ("> [!note] Who pays", True),
        ("{{< figure src='a.jpg' >}}", True),
        ("{% include nav.html %}", True),
        ("![[quay.png]]", True),
        ("#1 in the list, [sic] (as he said), 5 * 3 ** 2, - a point\n> mail", False),
    ],
)
def test_signs_of_markdown(text: str, expected: bool) -> None:
    assert is_like_markdown(text) is expected


WORDS = st.text(alphabet="abc é’", min_size=1, max_size=12).filter(str.strip)
PARTS = st.one_of(
    WORDS,
    WORDS.map(lambda words: f"## {words}"),
    WORDS.map(lambda words: f"> {words}"),
    WORDS.map(lambda words: f"> [!note] {words}\n> {words}"),
    WORDS.map(lambda words: f"> [!embed] {words} (https://a.example)\n> {words}"),
    WORDS.map(lambda words: f"- {words}\n  - {words}"),
    WORDS.map(lambda words: f"{words.strip()}\n: {words}"),
    WORDS.map(lambda words: f"Table: {words}\n\n| {words} |\n|---|\n| {words} | {words} |"),
    WORDS.map(lambda words: f"```\n{words}\n```"),
    WORDS.map(lambda words: f"<div>{words}</div>"),
    WORDS.map(lambda words: f"![{words}](x.png)"),
    WORDS.map(lambda words: f"%%\n{words}\n\n{words}\n%%"),
    WORDS.map(lambda words: f"{{% highlight a %}}\n{words}\n{{% endhighlight %}}"),
    WORDS.map(lambda words: f"{{{{< a {words}\n  {words} >}}}}"),
    WORDS.map(lambda words: f"$$\n{words}\n$$"),
    WORDS.map(lambda words: f"[{words}]: https://a.example"),
    WORDS.map(lambda words: f"{words}^[{words}]"),
    st.just("* * *"),
)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(PARTS).map("\n\n".join).map(clean))
def test_every_line_is_in_a_block(text: str) -> None:
    blocks = blocks_of(text)
    covered = {place for block in blocks for place in range(block.span.start, block.span.end)}
    assert {place for place, character in enumerate(text) if character.isalnum()} <= covered
    assert all(0 <= block.span.start <= block.span.end <= len(text) for block in blocks)
    assert [block.span.start for block in blocks] == sorted(block.span.start for block in blocks)


@settings(deadline=None)
@given(st.text(alphabet='ab1 \n\n*_`[]()!{}<>%$=^|:#-~\\"', max_size=80).map(clean))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        blocks = blocks_of(f"A.\n\n{text}")
    except SourceError:
        return
    covered = {place - 4 for block in blocks for place in range(block.span.start, block.span.end)}
    assert {place for place, character in enumerate(text) if character.isalnum()} <= covered


@given(
    WORDS, st.sampled_from(["[[a|b]]", "{{ a }}", "{% a %}", "%%a%%", "==a==", "{: .a }", "$a$", "{{< a >}}", "<b>"])
)
def test_code_is_never_touched(words: str, sign: str) -> None:
    text = " ".join(words.split())
    kinds = [("paragraph", f"{text} {sign}"), ("code", f"{text} {sign}"), ("code", sign)]
    assert listed(f"`{text} {sign}`\n\n```\n{text} {sign}\n```\n\n    {sign}") == kinds
