"""Who is quoted where: the quotations of an English text, with their speakers, for the second voice and the transcript.

`marks.py` pairs the marks, `speakers.py` reads the words beside them, `names.py` knows what a name looks like,
`wholeness.py` tells whole sentences from fragments. Pure; all windows are bounded, so hostile text costs linear time.
"""

from pipeline.text.english.quotations.find import find_quotations

__all__ = ["find_quotations"]
