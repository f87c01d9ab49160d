"""Floor 4: what anybody's sound file is: its form, what it measures, what it says of itself, and how that is judged.

`report.py` puts together what the readers, the meters and the tags say; `judging.py` holds it against the rules of the
directories; `picture.py` has it drawn. For people it is `audio-edition inspect`.
"""

from pipeline.sounding.judging import Judgement, judge
from pipeline.sounding.picture import check_plot, plot
from pipeline.sounding.report import SoundReport, report_on

__all__ = ["Judgement", "SoundReport", "check_plot", "judge", "plot", "report_on"]
