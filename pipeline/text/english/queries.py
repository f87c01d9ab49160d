"""What a copy editor would ask about. (unfinished)"""

from pipeline.model import Article, CopyQuery


def find_copy_queries(article: Article) -> tuple[CopyQuery, ...]:
    """See LanguagePack.copy_queries."""
    del article
    return ()
