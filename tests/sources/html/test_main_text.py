"""The article in a page, and what stands outside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.html.main_text import MainText, main_text
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.runs import keep_only, runs_of

SENTENCES = (
    "Six hours after they were due to leave, the ministers came down the stairs with a document of two pages.",
    "What was left of it promises each state a fair part of the river, and does not say what is fair.",
    "Everything turns on the gates, which are opened by hand by a man who is paid out of an expired fund.",
    "The compact would replace him with a committee that has neither members nor a date for its meeting.",
    "Diplomats who waited in the square called it thin, and said that thin was what they had hoped for.",
)
PARAGRAPHS = [f"<p>{sentence} {sentence}</p>" for sentence in SENTENCES]
MENU = '<div class="top"><a href="/">Home</a> <a href="/world">World</a> <a href="/rivers">Rivers</a></div>'
FOOTER = (
    '<div class="bottom"><p>The Harbour Review is edited in Oldharbour and may not be read aloud for money.</p></div>'
)


def read(story: str, *titles: str) -> MainText:
    root = tree_of(f"<body>{MENU}<div><div>{story}</div></div>{FOOTER}</body>")
    assert root is not None
    return main_text(root, titles=titles)


def words(main: MainText) -> list[str]:
    return [run.text for run in runs_of(main.root)]


def test_the_paragraphs_of_the_story_are_the_article() -> None:
    main = read("".join(PARAGRAPHS))
    assert words(main) == [f"{sentence} {sentence}" for sentence in SENTENCES]
    assert main.words == sum(2 * len(sentence.split()) for sentence in SENTENCES)


def test_prose_outside_is_told_once_and_menus_are_not() -> None:
    main = read("".join(PARAGRAPHS))
    assert [(removal.reason, removal.text[:18]) for removal in main.outside] == [
        ("outside the article on its page", "The Harbour Review")
    ]


def test_the_title_is_not_in_the_article_but_may_stand_in_it_later() -> None:
    again = "<h2>The gates at Holm</h2>"
    main = read(f"<h1>The gates at Holm</h1>{PARAGRAPHS[0]}{PARAGRAPHS[1]}{again}{PARAGRAPHS[2]}", "The gates at Holm")
    assert words(main).count("The gates at Holm") == 1
    assert words(main)[0].startswith("Six hours")


def test_headings_tables_captions_and_quotations_among_the_paragraphs_belong_to_it() -> None:
    table = "<table><tr><th>Year</th><td rowspan=2>12</td></tr><tr><th>2023</th></tr></table>"
    figure = '<figure><img src="/weir.jpg" alt="A weir"><figcaption>Holm Weir.</figcaption></figure>'
    quotation = "<blockquote><p>Nobody has ever told me when it is time.</p></blockquote>"
    one, two, three, *_ = PARAGRAPHS
    main = read(f"{one}<h2>The gates</h2>{two}{figure}{table}{quotation}{three}{PARAGRAPHS[3]}")
    tags = [element.tag for element in main.root.iter("h2", "img", "figcaption", "td", "blockquote")]
    assert tags == ["h2", "img", "figcaption", "td", "blockquote"]
    assert next(main.root.iter("td")).get("rowspan") == "2"


def test_a_quotation_in_a_figure_belongs_to_it() -> None:
    quotation = "<figure><blockquote><p>Nobody has ever told me when it is time.</p></blockquote></figure>"
    main = read("".join(PARAGRAPHS[:2]) + quotation + "".join(PARAGRAPHS[2:]))
    assert "Nobody has ever told me when it is time." in words(main)


def test_ids_made_of_headings_and_paragraphs_for_payers_do_not_mislead_the_judge() -> None:
    section = f'<section id="sharing-the-river"><h2>Sharing the river</h2>{PARAGRAPHS[2]}{PARAGRAPHS[3]}</section>'
    paid = PARAGRAPHS[4].replace("<p>", '<p class="paywall" aria-hidden="true">')
    said = words(read("".join(PARAGRAPHS[:2]) + section + paid))
    assert said[2] == "Sharing the river"
    assert said[3:] == [f"{sentence} {sentence}" for sentence in SENTENCES[2:]]


def test_what_is_marked_as_a_heading_is_one() -> None:
    main = read(PARAGRAPHS[0] + PARAGRAPHS[1] + '<div role="heading">What the gate saw</div>' + "".join(PARAGRAPHS[2:]))
    assert words(main)[2] == "What the gate saw"


def test_whatever_is_lost_among_the_paragraphs_is_told() -> None:
    box = '<div><div><a href="/a">The weir at Holm</a></div></div>'
    main = read(PARAGRAPHS[0] + PARAGRAPHS[1] + box + "".join(PARAGRAPHS[2:]))
    assert "The weir at Holm" not in words(main)
    assert [removal.reason for removal in main.outside if removal.text == "The weir at Holm"] == [
        "among the paragraphs of the article on its page, but hardly part of it"
    ]


@pytest.mark.parametrize("name", ["rendered-post", "elementor-widget-theme-post-content", "blog-item-content"])
def test_what_builders_of_sites_call_the_article_is_it(name: str) -> None:
    main = read(f'<p>{SENTENCES[4]}</p><div class="x {name}"><p>Yes.</p>{"".join(PARAGRAPHS[:4])}</div>')
    assert words(main)[0] == "Yes."


def test_a_box_of_links_goes_with_its_heading() -> None:
    links = '<li><a href="/a">The weir</a></li><li><a href="/b">The eels</a></li>'
    box = f"<div><h4>More on the Tarn</h4><ul>{links}</ul></div>"
    main = read(PARAGRAPHS[0] + PARAGRAPHS[1] + box + "".join(PARAGRAPHS[2:]))
    assert not any("Tarn" in text or "weir" in text for text in words(main))


def test_what_is_marked_as_the_lead_is_the_first_paragraph() -> None:
    lead = f'<div class="article__lead">{SENTENCES[4]}</div>'
    root = tree_of(f"<body>{MENU}<header><h1>The river</h1>{lead}</header><div>{''.join(PARAGRAPHS[:4])}</div>{FOOTER}")
    assert root is not None
    assert words(main_text(root, titles=("The river",)))[0] == SENTENCES[4]


def test_text_between_line_breaks_is_paragraphs() -> None:
    main = read("<br><br>".join(f"{sentence} {sentence}" for sentence in SENTENCES))
    assert len(words(main)) == len(SENTENCES)


def test_a_picture_in_the_last_paragraph_stays_and_one_below_it_goes() -> None:
    main = read("".join(PARAGRAPHS[:4]) + f"<p>{SENTENCES[4]}<img src='/in.jpg'></p><p><img src='/below.jpg'></p>")
    assert [element.get("src") for element in main.root.iter("img")] == ["/in.jpg"]


def test_the_element_that_a_platform_names_is_the_article_with_all_that_is_in_it() -> None:
    short = "<p>Yes.</p><ul><li><a href='/a'>A</a></li></ul>"
    main = read(f'<p>{SENTENCES[4]}</p><div class="gh-content gh-canvas">{short}{"".join(PARAGRAPHS[:4])}</div>')
    assert words(main)[:2] == ["Yes.", "A"]
    assert len(words(main)) == 6
    assert SENTENCES[4] in {removal.text for removal in main.outside}


def test_where_two_elements_have_that_name_it_says_nothing() -> None:
    teaser = f'<div class="entry-content">{PARAGRAPHS[0] * 4}</div>'
    main = read(teaser + teaser.replace("Six", "Ten"))
    assert len(words(main)) >= 2


def test_a_page_without_prose_has_no_article() -> None:
    root = tree_of(f"<body>{MENU * 5}</body>")
    assert root is not None
    assert main_text(root, titles=()).words == 0


def test_nothing_is_lost_at_three_hundred_levels() -> None:
    deep = "<ol><li>" + "<ol><li>".join(f"Article {number} amends the one before it." for number in range(300))
    main = read(PARAGRAPHS[0] + deep + "</li></ol>" * 300 + PARAGRAPHS[1])
    assert len(words(main)) == 302


html = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "one ", "two ", "<a>", "</a>", "<td>", "<ul>"]
    ),
    max_size=40,
).map("".join)


@given(html)
def test_runs_have_every_word_of_the_page_once(markup: str) -> None:
    root = tree_of(f"<body>{markup}x</body>")
    assert root is not None
    assert " ".join(run.text for run in runs_of(root)).split() == " ".join(map(str, root.itertext())).split()


@given(html, st.data())
def test_what_is_kept_is_left_and_nothing_else(markup: str, data: st.DataObject) -> None:
    root = tree_of(f"<body>{markup}x</body>")
    assert root is not None
    runs = runs_of(root)
    kept = [run for run in runs if data.draw(st.booleans())]
    wanted = [run.text for run in kept]
    keep_only(root, kept, runs=runs)
    assert [run.text for run in runs_of(root)] == wanted
