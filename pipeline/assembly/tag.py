"""Inside the assembly: what the sound file says of itself."""

from pipeline.artwork import tag_cover
from pipeline.assembly.published import PublishedChapters
from pipeline.assembly.values import Made
from pipeline.model import Script
from pipeline.project import Project
from pipeline.tagging import EpisodeTag, exact_lines
from pipeline.units import ms_from_samples


def episode_tag(made: Made, project: Project, *, guid: str, chapters: PublishedChapters) -> EpisodeTag:
    article, show = made.article, project.show
    return EpisodeTag(
        title=article.title,
        artist=article.author,
        album=show.title,
        published=article.published,
        language=article.language,
        comment=article.summary or article.subtitle or article.title,
        publisher=show.author,
        show_url=show.link,
        article_url=article.source_url,
        copyright=show.copyright,
        guid=guid,
        lyrics=_lyrics(made.script),
        cover=tag_cover(project.artwork_path),
        duration_ms=ms_from_samples(made.master.sample_count, made.master.sample_rate),
        chapters=chapters.listed,
        pictures=chapters.pictures,
        lines=exact_lines(made.transcript),
        description=article.summary or article.subtitle,
        category=show.categories[0].partition(" > ")[0],
        keywords=article.tags,
        season=article.listing.season,
        episode=article.listing.number,
    )


def _lyrics(script: Script) -> str:
    """The whole text as it is heard, a paragraph a line, the way the transcript shows it."""
    lines: list[str] = []
    previous: int | None = None
    for utterance in script.utterances:
        if lines and utterance.block is not None and utterance.block == previous:
            lines[-1] += f" {utterance.display}"
        else:
            lines.append(utterance.display)
        previous = utterance.block
    return "\n".join(lines)
