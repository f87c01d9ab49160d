"""Floor 4: any podcast feed, of this project or of another host, judged: as a file, or at its address as it is served.

`check FEED.xml` and `check --url` are these two; the show in the folder is `inspection`'s.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipeline.errors import FeedError
from pipeline.feeds.document import LARGEST_BYTES, read_document
from pipeline.model import FeedDocument, Finding, Severity
from pipeline.probing import Limits, Network, probe
from pipeline.progress import Progress
from pipeline.rules import judged
from pipeline.rules.document import DOCUMENT_RULES, DocumentFacts
from pipeline.rules.serving import FEED_UNREADABLE, SERVING_RULES


def judge_file(path: Path, *, now: datetime) -> tuple[Finding, ...]:
    """What the rules find in the feed in the file at ``path``; ``now`` is aware UTC.

    A file that is no feed gives one Finding that says what it is. Raises: FeedError if there is none to be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise FeedError(what, path=path, cure="name the file of a feed, or its address with --url") from error
    try:
        document = read_document(data)
    except FeedError as error:
        return (_unreadable(error, path),)
    return _of_document(document, now=now)


def judge_address(
    url: str,
    *,
    sample: int = 10,
    now: datetime,
    progress: Progress,
    network: Network = Network(),  # noqa: B008 - a frozen value
) -> tuple[Finding, ...]:
    """What the rules find in the feed at ``url``, and in what is served for it and for ``sample`` of its episodes.

    ``now`` is aware UTC. A host that does not answer, or not well, is a Finding. ``network`` is how the outside is
    reached. Raises: ConfigError if ``url`` is no web address.
    """
    probed = probe(url, sample=sample, limits=Limits(), network=network, progress=progress)
    served = judged(SERVING_RULES, probed)
    written = _of_document(probed.document, now=now) if probed.document is not None else ()
    told = {_matter(finding) for finding in served}
    return _sorted((*served, *(finding for finding in written if _matter(finding) not in told)))


def _of_document(document: FeedDocument, *, now: datetime) -> tuple[Finding, ...]:
    return judged(DOCUMENT_RULES, DocumentFacts(document=document, now=now))


def _unreadable(error: FeedError, path: Path) -> Finding:
    place = f"{path}, line {error.line}" if error.line is not None else str(path)
    return Finding(
        rule=FEED_UNREADABLE.id,
        severity=FEED_UNREADABLE.severity,
        directories=FEED_UNREADABLE.directories,
        where=place,
        what=error.what,
        cure=error.cure,
        source=FEED_UNREADABLE.source.in_words,
    )


def _matter(finding: Finding) -> tuple[str, str]:
    """What makes two Findings one: the rule, and the line in the feed, whatever else is said of the place."""
    _, mark, line = finding.where.partition("(line ")
    return finding.rule, line.partition(")")[0] if mark else finding.where


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, then advice, each in their order."""
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))
