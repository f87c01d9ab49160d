"""A child process for test_kills.py: runs `audio-edition` and dies like a killed one around its nth rename.

`python dying.py N before|after ARGUMENT...` ends with status 9 if it came that far. The renames are the system's; none
of the project's own code is touched.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

from pipeline.cli import cli

DIED = 9


def dying(real: Callable[..., Any], *, at: int, when: str) -> Callable[..., Any]:
    count = 0

    def rename(*arguments: Any, **options: Any) -> Any:
        nonlocal count
        if "/.cache/" in str(arguments[-1]):
            return real(*arguments, **options)
        count += 1
        if count == at and when == "before":
            os._exit(DIED)
        done = real(*arguments, **options)
        if count == at:
            os._exit(DIED)
        return done

    return rename


if __name__ == "__main__":
    os.replace = dying(os.replace, at=int(sys.argv[1]), when=sys.argv[2])
    cli(sys.argv[3:], standalone_mode=False)
