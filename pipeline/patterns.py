"""Floor 1: regular expressions that are compiled when they are first used.

There are some 800 in the rules for spoken text, and an ordinary article needs a quarter of them: to compile all at
import took a third of what a build with nothing to do takes.
"""

import re
from typing import Any, cast

_METHODS = frozenset(
    ("findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "search", "split", "sub", "subn")
)


def regex(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """What `re.compile` gives, compiled when something of it is first asked for; a fault in it shows only then."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    """Stands for a pattern until it is used; from then on its methods are the pattern's own, and as fast."""

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
