"""Floor 3, sources: the reading room, a process of its own in which whatever came from outside is read.

`room` is the host's side, `protocol` what is said between the two, `worker` the process, `limits` what it may use.
A file that is made to do harm, or that only is too much, costs that process at most, never the program.
"""

from pipeline.sources.room.room import Room, close_room, open_room, read_article, read_posts

__all__ = ["Room", "close_room", "open_room", "read_article", "read_posts"]
