"""A child process for test_kills.py: runs `audio-edition` and dies like a killed one around its nth change of a file.

`python dying.py N before|after ARGUMENT...` ends with status 9 if it came that far. What counts are the renames by
which files come into their places, and the deletions there. They are the system's; none of the project's own code is
touched.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

from pipeline.cli import cli

DIED = 9


class Death:
    """Comes ``when`` ("before" or "after") the change that is number ``at``."""

    def __init__(self, *, at: int, when: str) -> None:
        self.at = at
        self.when = when
        self.count = 0

    def around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """``real``, which changes the file that its last argument names."""

        def change(*arguments: Any, **options: Any) -> Any:
            name = str(arguments[-1])
            if "/.cache/" in name or not ("episodes/" in name or "feeds/" in name):
                return real(*arguments, **options)
            self.count += 1
            if self.count == self.at and self.when == "before":
                os._exit(DIED)
            done = real(*arguments, **options)
            if self.count == self.at:
                os._exit(DIED)
            return done

        return change


if __name__ == "__main__":
    death = Death(at=int(sys.argv[1]), when=sys.argv[2])
    os.replace = death.around(os.replace)
    os.unlink = death.around(os.unlink)
    cli(sys.argv[3:], standalone_mode=False)
