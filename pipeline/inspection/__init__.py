"""Floor 4: looking at a show: what the rules find in it, and what the next build would have to do.

`checking.py` brings the families of rules together for `check`; `media.py` and `transcripts.py` find out what the files
really are, `own_feed.py` reads the feed as any other, `reporting.py` writes the report. `status.py` is the other look:
per Episode and stage, what is fresh and what is stale.
"""

from pipeline.inspection.checking import inspect, obstacles
from pipeline.inspection.reporting import write_report
from pipeline.inspection.status import EpisodeStatus, status_of

__all__ = ["EpisodeStatus", "inspect", "obstacles", "status_of", "write_report"]
