"""The tags of Jekyll and Hugo: what they become, and that nothing vanishes with them in silence."""

import pytest

from pipeline.model import BlockKind, FateKind, Link
from pipeline.sources.fates import BY_POLICY
from tests.sources.markdown.pages import blocks_of, listed, spoken


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A {{ page.title }} b.", "A b."),
        ("A{{ page.title }}.", "A."),
        ("A {{< param x >}}, b", "A, b"),
        ("{{% notice info %}}\nInside *it*.\n{{% /notice %}}", "Inside it."),
        ("{{< details >}}\n\nInside.\n\n{{< /details >}}", "Inside."),
        ("{% if a %}\nShown.\n{% endif %}", "Shown."),
        ("{%- if a -%}Shown.{%- endif -%}", "Shown."),
        ('See [it]({% post_url 2026-01-01-a %}), [b]({{< ref "b.md" >}}) and [c]({{ site.url }}/c(d) "e").', None),
        ('A{: .x} b [c](https://c.example){:target="_blank"} d{#name}.', "A b c d."),
        ("Braces {as such} and { .5 } stay.", "Braces {as such} and { .5 } stay."),
        ("{% raw %}{{ a }} {% b %}{% endraw %} c", "{{ a }} {% b %} c"),
        ("A {% comment %}b{% endcomment %} c.", "A c."),
        ('A {{< a\n  b="c" >}} d.', "A d."),
        ("A\n{{< a\n>}} d.", "A\nd."),
        ("- A\n- {{< a\n  >}} d", "A\nd"),
    ],
)
def test_what_stays_in_the_text(source: str, text: str | None) -> None:
    assert spoken(source) == (text or "See it, b and c.")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("A {{ b }} c", "fills in"),
        ("{{< b >}}", "not in this file"),
        ("{% include b.html %}", "not in this file"),
        ("{% comment %} b {% endcomment %}", "a comment"),
        ("A {{/* b */}} c", "a comment"),
    ],
)
def test_what_is_dropped_says_so(source: str, reason: str) -> None:
    dropped = [block for block in blocks_of(source) if block.fate.kind is FateKind.DROPPED]
    assert [reason in block.fate.reason and "b" in block.text for block in dropped] == [True]


@pytest.mark.parametrize(
    ("source", "text", "caption"),
    [
        ('{{< figure src="a.jpg" alt="The *a*" caption="By *Ines*" >}}', "The *a*", "By Ines"),
        ("{{< figure src='a.jpg' title='The quay' >}}", "The quay", "The quay"),
        ('{{<figure caption=`The "quay"`>}}', 'The "quay"', 'The "quay"'),
        ('{% include image.html url="a" caption="It\'s the quay" %}', "It's the quay", "It's the quay"),
        ('{% include media/post_figure.html alt="IMG_1.jpg" caption="The quay" %}', "The quay", "The quay"),
        ("![[a.png|The quay|300]]", "The quay", ""),
    ],
)
def test_figures(source: str, text: str, caption: str) -> None:
    (block,) = blocks_of(source)
    assert (block.kind, block.text, block.caption, block.fate) == (BlockKind.FIGURE, text, caption, BY_POLICY)


@pytest.mark.parametrize(
    "source", ['{{< figure src="a.jpg" >}}', '{% include image.html alt="DSC_0042" %}', "![[a.jpg|99]]"]
)
def test_a_figure_without_a_description_is_dropped(source: str) -> None:
    assert [(block.kind, block.fate.kind) for block in blocks_of(source)] == [(BlockKind.FIGURE, FateKind.DROPPED)]


@pytest.mark.parametrize(
    ("source", "caption", "url"),
    [
        ("{{< youtube aB_-1 >}}", "YouTube", "https://www.youtube.com/watch?v=aB_-1"),
        ('{{< youtube id="aB" title="The film" >}}', "The film", "https://www.youtube.com/watch?v=aB"),
        ("{{< vimeo 123 >}}", "Vimeo", "https://vimeo.com/123"),
        ('{{< tweet user="ines" id="12" >}}', "ines on X", "https://x.com/ines/status/12"),
        ("{{< tweet 12 >}}", "X", "https://x.com/i/status/12"),
        ("{{< gist ines 9a >}}", "ines on GitHub", "https://gist.github.com/ines/9a"),
        ("{{< instagram B1 >}}", "Instagram", "https://www.instagram.com/p/B1/"),
        ("{% include youtube.html id='aB' %}", "YouTube", "https://www.youtube.com/watch?v=aB"),
        ("{% youtube https://youtu.example/aB %}", "YouTube", "https://youtu.example/aB"),
        ('{{< youtube "a\'b c" >}}', "YouTube", ""),
    ],
)
def test_embeds(source: str, caption: str, url: str) -> None:
    (block,) = blocks_of(source)
    links = (Link(text=caption, url=url),) if url else ()
    assert (block.kind, block.text, block.caption, block.links) == (BlockKind.EMBED, caption, caption, links)


@pytest.mark.parametrize(
    ("source", "kind", "text", "caption"),
    [
        ("{% highlight ruby linenos %}\na\n\n  b {{ c }}\n{% endhighlight %}", "code", "a\n\n  b {{ c }}", "ruby"),
        ('{{< highlight go "a=b" >}}\na {{ b }}\n{{< / highlight >}}', "code", "a {{ b }}", "go"),
        ("{{< mermaid >}}\na-->b\n{{< /mermaid >}}", "code", "a-->b", "mermaid"),
        ("{{< katex >}} a^2 {{< /katex >}}", "formula", "a^2", ""),
    ],
)
def test_what_stands_between_two_tags_and_is_no_text(source: str, kind: str, text: str, caption: str) -> None:
    (block,) = blocks_of(source)
    assert (block.kind.value, block.text, block.caption, block.fate) == (kind, text, caption, BY_POLICY)


def test_words_after_a_closing_tag_are_read() -> None:
    assert listed("{% comment %}\na\n\nb\n{% endcomment %} *c*\nd") == [("boilerplate", "a\n\nb"), ("paragraph", "c d")]
    assert listed("{% comment %}a{% endcomment %} b") == [
        ("paragraph", "b"),
        ("boilerplate", "{% comment %}a{% endcomment %}"),
    ]


def test_a_tag_that_is_closed_elsewhere_or_never_is_a_tag() -> None:
    assert [kind for kind, _ in listed("{{< chart a >}}\n\nText.")] == ["boilerplate", "paragraph"]
    assert [kind for kind, _ in listed("- {{< code >}}\n\nText.\n\n{{< /code >}}")][1] == "paragraph"


def test_the_table_of_contents_and_abbreviations_are_not_read() -> None:
    text = "* Contents\n{:toc}\n\n[[_TOC_]]\n\n[TOC]\n\nA.\n\n*[GDP]: Gross domestic product\n*[EU]: European Union"
    assert [kind for kind, _ in listed(text)] == [*["boilerplate"] * 3, "paragraph", "boilerplate"]
    assert spoken(text) == "A."


def test_an_address_that_the_generator_makes_is_no_link() -> None:
    (block,) = blocks_of("---\nsource: https://a.example/b\n---\n[c]({{ d }}) [e](/f)")
    assert block.links == (Link(text="e", url="https://a.example/f"),)
