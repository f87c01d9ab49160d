"""How large pictures are, without a decoder."""

from io import BytesIO

import hypothesis
import hypothesis.strategies as st
import pytest
from PIL import Image

from pipeline.tagging.pictures import picture_size


@pytest.mark.parametrize("options", [{"format": "JPEG"}, {"format": "JPEG", "progressive": True}, {"format": "PNG"}])
def test_as_large_as_the_library_that_wrote_it_says(options: dict[str, object]) -> None:
    stream = BytesIO()
    image = Image.new("RGB", (301, 207))
    image.getexif()[0x010E] = "a description that stands before the size"
    image.save(stream, exif=image.getexif(), **options)
    assert picture_size(stream.getvalue()) == (301, 207)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 not a real picture", b"\x89PNG\r\n\x1a\n"])
def test_what_says_no_size_has_none(data: bytes) -> None:
    assert picture_size(data) is None


@hypothesis.given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]), st.binary(max_size=200))
def test_garbage_is_no_error(head: bytes, rest: bytes) -> None:
    size = picture_size(head + rest)
    assert size is None or min(size) >= 0
