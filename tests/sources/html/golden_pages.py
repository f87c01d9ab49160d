"""The golden pairs of web pages: a page in tests/data/sources/html-pages and, beside it, what is read of it."""

from pathlib import Path

from pipeline.errors import SourceError
from pipeline.sources.draft import Draft, Post, Source
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.html.page import page_posts

PAGES = Path(__file__).parent.parent.parent / "data" / "sources" / "html-pages"


def pairs() -> dict[Path, str]:
    """Golden file -> what it should hold now."""
    return {path.with_suffix(".golden"): listing(path) for path in sorted(PAGES.glob("*.html"))}


def write() -> None:
    """Write the golden files again; the diff is for reading before it is committed."""
    for path, text in pairs().items():
        path.write_text(text, encoding="utf-8")


def listing(path: Path) -> str:
    """The Post on a page as text: what is stated, the Markdown, and what was taken out."""
    source = Source(path=path, name=path.name, url=f"https://fetched.example/{path.stem}")
    try:
        posts = list(page_posts(source, 0))
    except SourceError as error:
        return f"refused: {error.what}; {error.cure}\n"
    return "\n".join(part for post in posts for part in _of_post(post))


def _of_post(post: Post) -> list[str]:
    head = [f"{name}: {getattr(post, name)}" for name in ("id", "title", "date")]
    kind = f"kind: {post.kind.value}{', because ' + post.why if post.why else ''}"
    return [*head, kind, *(_of_draft(post.draft) if post.draft else []), ""]


def _of_draft(draft: Draft) -> list[str]:
    stated = [
        f"{name}: {value}"
        for name in FrontMatter.__struct_fields__
        if (value := getattr(draft.front, name)) and name not in {"title", "published", "published_key"}
    ]
    removals = [f"{removal.reason}: {removal.text}" for removal in draft.removals]
    return [*stated, "", "== Markdown", draft.markdown.strip(), "", "== taken out", *removals]
