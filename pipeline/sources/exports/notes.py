"""Floor 3, sources: footnotes that a site's software keeps apart from the text -> HTML as its footnote block has it."""

import html


class Notes:
    """The footnotes of one post, in the order of their marks."""

    def __init__(self) -> None:
        self._notes: list[tuple[str, str]] = []

    def mark(self, note: str) -> str:
        """The HTML of the mark for one more footnote, whose HTML is ``note``."""
        number = len(self._notes) + 1
        id_ = f"shortcode-note-{number}"
        self.add(id_, note)
        return f'<sup data-fn="{id_}" class="fn"><a href="#{id_}" id="{id_}-link">{number}</a></sup>'

    def add(self, id_: str, note: str) -> None:
        """Keep a footnote whose mark is in the text."""
        self._notes.append((html.escape(id_), note.strip()))

    def listed(self) -> str:
        """The HTML of all footnotes, for the end of the text; "" if there are none."""
        items = "".join(
            f'<li id="{id_}">{note} <a href="#{id_}-link" aria-label="Jump to footnote reference">↩︎</a></li>'
            for id_, note in self._notes
        )
        return f'<ol class="wp-block-footnotes">{items}</ol>' if items else ""
