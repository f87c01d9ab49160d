"""Floor 4, inside the inspection: the report of a check, for programs and for people, beside the feed.

Neither of the two files is ever published: `pipeline/preview.py` names them among the private ones.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from pipeline.files import write_atomically
from pipeline.model import Finding
from pipeline.project import Project
from pipeline.rules.verdicts import as_report
from pipeline.site import render_report_page

#: What the two are called, beside the feed.
REPORT_JSON, REPORT_PAGE = "report.json", "report.html"


def write_report(project: Project, findings: Sequence[Finding], *, now: datetime) -> Path:
    """Where the page lies that a person can read; the same for programs lies beside it.

    Raises: StoreError if the disk does not take them.
    """
    folder = project.feed_path.parent
    report = {"show": project.show.title, "checked_at": now, **as_report(findings)}
    data = msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    write_atomically(folder / REPORT_JSON, data)
    write_atomically(folder / REPORT_PAGE, render_report_page(project.show, findings, now=now))
    return folder / REPORT_PAGE
