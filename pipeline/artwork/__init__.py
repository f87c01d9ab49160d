"""Floor 3: images. Draws a cover for a show that has none, and says what an image file really is before it goes out.

The only package that decodes or makes images. `init` draws (`drawing.py`), `feed` reads and requires the cover
(`covers.py`), `episode` reads those of chapters (`chapter_images.py`); `codec.py` opens and writes for all of them, and
`privacy.py` takes out of a file what is nobody's business. What the directories merely advise about artwork is a
Finding and stands in pipeline/rules.
"""

from pipeline.artwork.chapter_images import ChapterImage, read_chapter_image
from pipeline.artwork.covers import read_artwork, require_apple_artwork, tag_cover
from pipeline.artwork.drawing import COVER_PALETTE, draw_cover
from pipeline.artwork.privacy import without_private_data

__all__ = [
    "COVER_PALETTE",
    "ChapterImage",
    "draw_cover",
    "read_artwork",
    "read_chapter_image",
    "require_apple_artwork",
    "tag_cover",
    "without_private_data",
]
