"""The cover that is drawn, what is said of one that is given, and what Apple refuses."""

import contextlib
import io
import time
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from pipeline.artwork import (
    COVER_PALETTE,
    draw_cover,
    read_artwork,
    read_chapter_image,
    require_apple_artwork,
    tag_cover,
    without_private_data,
)
from pipeline.errors import ConfigError, SourceError
from pipeline.model import Artwork

LONG_TITLE = "The slow unwinding of the northern fisheries treaty and what it means for every coastal state " * 3
FINE = Artwork(name="cover.jpg", format="JPEG", width_px=3000, height_px=3000, mode="RGB", length_bytes=200_000)


def saved(folder: Path, image: Image.Image, *, name: str, kind: str, **options: object) -> Path:
    path = folder / name
    image.save(path, kind, **options)
    return path


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colour_box(image: Image.Image, area: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where in ``area`` anything differs from its first pixel by more than JPEG noise."""
    part = image.crop(area).convert("RGB")
    ground = part.getpixel((0, 0))
    assert isinstance(ground, tuple)
    bands = [
        band.point([255 if abs(value - ground[number]) > 60 else 0 for value in range(256)])
        for number, band in enumerate(part.split())
    ]
    return Image.merge("RGB", bands).getbbox()


@pytest.mark.parametrize("title", ["The Harbour Review", "Straits", LONG_TITLE])
def test_the_drawn_cover_is_what_apple_takes(tmp_path: Path, title: str) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(draw_cover(title, subtitle="Analyses of trade and sea power"))
    artwork = read_artwork(path)
    assert artwork == msgspec.structs.replace(FINE, length_bytes=path.stat().st_size)
    assert artwork.length_bytes < 500_000
    require_apple_artwork(artwork)
    with Image.open(path) as image:
        assert image.info["dpi"] == (72, 72)
        assert "progressive" not in image.info


def test_the_same_title_gives_the_same_bytes_and_another_title_another_cover() -> None:
    assert draw_cover("The Harbour Review") == draw_cover("The Harbour Review")
    assert draw_cover("The Harbour Review") != draw_cover("The Harbour Gazette")


def test_title_and_subtitle_are_drawn_inside_the_margins() -> None:
    with Image.open(io.BytesIO(draw_cover("W" * 9 + " " + LONG_TITLE, subtitle="W" * 400))) as image:
        left, top, right, bottom = colour_box(image, (0, 0, 3000, 3000)) or (0, 0, 0, 0)
    assert min(left, top) >= 230
    assert max(right, bottom) <= 2770


def test_a_short_title_is_set_larger_than_a_long_one() -> None:
    first_lines = (0, 300, 3000, 1850)
    heights = []
    for title in ("Straits", LONG_TITLE):
        with Image.open(io.BytesIO(draw_cover(title))) as image:
            rows = [colour_box(image, (0, y, 3000, y + 8)) is not None for y in range(first_lines[1], 1850, 8)]
        heights.append(rows[rows.index(True) :].index(False))
    assert heights[0] > 3 * heights[1]


def test_without_a_title_nothing_but_the_ornament_is_drawn() -> None:
    with Image.open(io.BytesIO(draw_cover(""))) as image:
        assert colour_box(image, (0, 300, 3000, 2250)) is None


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_letters_make_it_fail(title: str, subtitle: str) -> None:
    assert len(draw_cover(title, subtitle=subtitle)) < 500_000


@pytest.mark.parametrize("title", ["Обозрение гавани", "航海評論" * 40, "W" * 900, "@M#W&" * 400, "مجلة المرفأ"])
def test_other_scripts_and_endless_words_do_not_make_it_fail(title: str) -> None:
    assert len(draw_cover(title, subtitle=title)) < 500_000


@pytest.mark.parametrize("colours", COVER_PALETTE, ids=lambda colours: colours.ground)
def test_every_palette_is_legible(colours) -> None:
    assert contrast(colours.ground, colours.ink) >= 7
    assert contrast(colours.ground, colours.accent) >= 4.5


@pytest.mark.parametrize(
    ("name", "kind", "mode", "expected"),
    [
        ("cover.jpg", "JPEG", "RGB", ("JPEG", "RGB")),
        ("cover.jpg", "PNG", "RGB", ("PNG", "RGB")),
        ("cover.png", "PNG", "RGBA", ("PNG", "RGBA")),
        ("cover.png", "PNG", "L", ("PNG", "L")),
        ("cover.jpg", "JPEG", "CMYK", ("JPEG", "CMYK")),
        ("cover.png", "WEBP", "RGB", ("WEBP", "RGB")),
        ("cover.gif", "GIF", "P", ("GIF", "P")),
        ("cover.tif", "TIFF", "RGB", ("TIFF", "RGB")),
        ("cover.bmp", "BMP", "RGB", ("BMP", "RGB")),
    ],
)
def test_the_bytes_decide_what_an_image_is(
    tmp_path: Path, name: str, kind: str, mode: str, expected: tuple[str, str]
) -> None:
    path = saved(tmp_path, Image.new(mode, (64, 48)), name=name, kind=kind)
    artwork = read_artwork(path)
    assert (artwork.format, artwork.mode) == expected
    assert (artwork.name, artwork.width_px, artwork.height_px) == (name, 64, 48)
    assert artwork.length_bytes == len(path.read_bytes())


def test_a_telephone_s_jpeg_with_a_second_picture_is_a_jpeg(tmp_path: Path) -> None:
    picture = Image.new("RGB", (64, 64), "navy")
    path = saved(tmp_path, picture, name="cover.jpg", kind="MPO", save_all=True, append_images=[picture])
    assert read_artwork(path).format == "JPEG"


def test_a_png_with_one_transparent_colour_has_an_alpha_channel(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("RGB", (64, 64)), name="cover.png", kind="PNG", transparency=(0, 0, 0))
    assert read_artwork(path).mode == "RGBA"


def test_what_is_not_there_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cover\.jpg: the artwork is not there; put a JPEG of 3000 x 3000") as caught:
        read_artwork(tmp_path / "cover.jpg")
    assert caught.value.path == tmp_path / "cover.jpg"
    with pytest.raises(ConfigError, match="not there"):
        read_artwork(tmp_path)


def broken_images() -> dict[str, bytes]:
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    whole = {}
    for kind in ("JPEG", "PNG"):
        stream = io.BytesIO()
        noise.save(stream, kind)
        whole[kind] = stream.getvalue()
    return {
        "empty": b"",
        "text": b"not an image at all",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        "half a jpeg": whole["JPEG"][: len(whole["JPEG"]) // 2],
        "half a png": whole["PNG"][: len(whole["PNG"]) // 2],
        "bad checksum": whole["PNG"][:200] + b"\x00" + whole["PNG"][201:],
    }


@pytest.mark.parametrize("content", broken_images().values(), ids=broken_images().keys())
def test_broken_bytes_are_refused_with_the_cure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"cannot be read as an image .*save it again as a JPEG"):
        read_artwork(path)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG"]), st.lists(st.tuples(st.integers(8, 4000), st.integers(0, 255)), max_size=5))
def test_damage_is_either_harmless_or_a_config_error(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, int]]
) -> None:
    stream = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(stream, kind)
    content = bytearray(stream.getvalue())
    for place, value in changes:
        content[place % len(content)] = value
    path = tmp_path_factory.mktemp("damaged") / "cover.jpg"
    path.write_bytes(content)
    # Anything but a ConfigError would come through and fail the test.
    with contextlib.suppress(ConfigError):
        assert read_artwork(path).length_bytes == len(content)


@pytest.mark.parametrize("side", [10_000, 20_000])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, side: int) -> None:
    path = saved(tmp_path, Image.new("1", (side, side)), name="cover.png", kind="PNG")
    assert path.stat().st_size < 100_000
    with pytest.raises(ConfigError, match=r"too many pixels .*3000 x 3000"):
        read_artwork(path)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"height_px": 2999}, "3000 x 2999 pixels and not square"),
        ({"width_px": 1399, "height_px": 1399}, "1399 x 1399 is outside 1400 to 3000"),
        ({"width_px": 3001, "height_px": 3001}, "3001 x 3001 is outside 1400 to 3000"),
        ({"mode": "CMYK"}, "its pixels are CMYK, not RGB"),
        ({"format": "PNG", "name": "cover.png", "mode": "RGBA"}, "its pixels are RGBA, not RGB"),
        ({"format": "PNG", "name": "cover.png", "mode": "P"}, "its pixels are P, not RGB"),
        ({"format": "WEBP", "name": "cover.webp"}, "its bytes are WEBP, not JPEG or PNG"),
        ({"format": "PNG"}, r"its bytes are PNG, so its name must end in \.png"),
        ({"name": "cover.png"}, r"its bytes are JPEG, so its name must end in \.jpg"),
        ({"name": "cover.jpeg"}, r"must end in \.jpg"),
        ({"name": "cover"}, r"must end in \.jpg"),
    ],
)
def test_apple_refuses(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(ConfigError, match=f"{fault}.*; save it as a square RGB JPEG of 3000 x 3000 pixels"):
        require_apple_artwork(msgspec.structs.replace(FINE, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "Cover.JPG"},
        {"width_px": 1400, "height_px": 1400},
        {"name": "cover.png", "format": "PNG"},
    ],
)
def test_apple_takes(changes: dict[str, object]) -> None:
    require_apple_artwork(msgspec.structs.replace(FINE, **changes))


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        require_apple_artwork(msgspec.structs.replace(FINE, width_px=900, mode="CMYK", name="cover.gif"))
    for fault in ("not square", "outside 1400 to 3000", "CMYK", "must end in .jpg"):
        assert fault in str(caught.value)


@pytest.mark.parametrize(("kind", "mode", "side"), [("JPEG", "RGB", 3000), ("PNG", "RGBA", 1400), ("PNG", "RGB", 300)])
def test_the_cover_of_the_tag_is_a_small_jpeg(tmp_path: Path, kind: str, mode: str, side: int) -> None:
    path = saved(tmp_path, Image.linear_gradient("L").resize((side, side)).convert(mode), name="cover", kind=kind)
    small = tag_cover(path)
    assert small == tag_cover(path)
    assert len(small) < 100_000
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (min(side, 600),) * 2)


def test_the_cover_of_the_tag_wants_an_image(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not there"):
        tag_cover(tmp_path / "cover.jpg")


@pytest.mark.parametrize(
    ("kind", "mode", "ending", "media_type"),
    [
        ("JPEG", "RGB", ".jpg", "image/jpeg"),
        ("JPEG", "CMYK", ".jpg", "image/jpeg"),
        ("JPEG", "L", ".jpg", "image/jpeg"),
        ("PNG", "RGBA", ".png", "image/png"),
        ("PNG", "P", ".png", "image/png"),
        ("PNG", "1", ".png", "image/png"),
    ],
)
def test_an_image_of_a_chapter_is_kept_and_made_small(
    tmp_path: Path, kind: str, mode: str, ending: str, media_type: str
) -> None:
    picture = Image.linear_gradient("L").resize((1200, 400)).convert(mode)
    path = saved(tmp_path, picture, name="map.of.the.strait", kind=kind)
    read = read_chapter_image(path)
    assert read.data == path.read_bytes()
    assert (read.ending, read.media_type) == (ending, media_type)
    assert read.small == read_chapter_image(path).small
    with Image.open(io.BytesIO(read.small)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (600, 200))


def test_the_small_image_of_a_chapter_is_upright_and_lies_on_white(tmp_path: Path) -> None:
    lying = Image.Exif()
    lying[0x0112] = 6
    turned = saved(tmp_path, Image.new("RGB", (90, 40)), name="turned.jpg", kind="JPEG", exif=lying)
    with Image.open(io.BytesIO(read_chapter_image(turned).small)) as image:
        assert image.size == (40, 90)
    clear = saved(tmp_path, Image.new("RGBA", (90, 40), (0, 0, 0, 0)), name="clear.png", kind="PNG")
    with Image.open(io.BytesIO(read_chapter_image(clear).small)) as image:
        assert image.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("image", "kind", "fault"),
    [
        (Image.new("RGB", (4001, 10)), "PNG", "it is 4001 x 10 pixels, and 4000 a side are the most"),
        (Image.new("RGB", (10, 4001)), "JPEG", "it is 10 x 4001 pixels"),
        (Image.effect_noise((2300, 2300), 90), "PNG", "it has more than 5000000 bytes, the most that apps get"),
        (Image.new("RGB", (10, 10)), "WEBP", "its bytes are WEBP, not JPEG or PNG"),
        (Image.new("RGB", (10, 10)), "GIF", "its bytes are GIF, not JPEG or PNG"),
        (Image.new("I;16", (10, 10)), "PNG", "its pixels are I;16, not of 8 bits a channel"),
    ],
)
def test_an_image_of_a_chapter_that_apps_would_not_show_is_refused(
    tmp_path: Path, image: Image.Image, kind: str, fault: str
) -> None:
    path = saved(tmp_path, image, name="map.png", kind=kind)
    with pytest.raises(SourceError, match=fault) as caught:
        read_chapter_image(path)
    assert caught.value.path == path
    assert caught.value.cure == "save it as a JPEG of at most 4000 x 4000 pixels and 5 MB"


def test_an_image_of_a_chapter_at_the_limits_is_taken(tmp_path: Path) -> None:
    read_chapter_image(saved(tmp_path, Image.new("L", (4000, 4000)), name="map.png", kind="PNG"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"half"])
def test_what_is_no_whole_image_of_a_chapter_is_refused(tmp_path: Path, content: bytes) -> None:
    path = saved(tmp_path, Image.linear_gradient("L"), name="map.png", kind="PNG")
    path.write_bytes(path.read_bytes()[:-300] if content == b"half" else content)
    with pytest.raises(SourceError, match="the image of a chapter cannot be read as an image") as caught:
        read_chapter_image(path)
    assert caught.value.path == path
    assert "at most 4000 x 4000 pixels" in caught.value.cure


@pytest.mark.parametrize(("kind", "side"), [("PNG", 4001), ("JPEG", 4100), ("PNG", 9400)])
def test_an_image_of_a_chapter_is_judged_by_its_header(tmp_path: Path, kind: str, side: int) -> None:
    # Whoever decodes it first finds it broken, and has taken hundreds of megabytes for a whole one.
    path = saved(tmp_path, Image.new("L", (side, side)), name="map.png", kind=kind)
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(SourceError, match=f"it is {side} x {side} pixels, and 4000 a side are the most"):
        read_chapter_image(path)


def test_no_more_of_an_image_of_a_chapter_is_read_than_may_be_published(tmp_path: Path) -> None:
    path = tmp_path / "map.jpg"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="more than 5000000 bytes"):
            read_chapter_image(path)
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


SECRET = b"Quay 7, Ostrava"
TURNED = 6


def private_exif(*, turned: int = TURNED) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = SECRET.decode()
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update({1: "N", 2: (49.0, 50.0, 8.0), 29: SECRET.decode()})
    return exif


def swapped_colours() -> bytes:
    """A profile of which red is the blue of sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"?XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"?XYZ", b"bXYZ", 1)


def private_image(folder: Path, kind: str, *, mode: str = "RGB", turned: int = TURNED, **options: object) -> Path:
    picture = Image.linear_gradient("L").resize((90, 40)).convert(mode)
    more: dict[str, object] = {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Author", SECRET.decode())
        texts.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        texts.add(b"tIME", bytes([7, 234, 3, 2, 6, 5, 0]))
        texts.add(b"caBX", SECRET)
        texts.add(b"prIv", SECRET, after_idat=True)
        more = {"pnginfo": texts}
    path = folder / "photo"
    picture.save(path, kind, exif=private_exif(turned=turned), icc_profile=swapped_colours(), **more, **options)
    path.write_bytes(path.read_bytes() + SECRET)
    assert path.read_bytes().count(SECRET) >= 5
    return path


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("JPEG", "RGB", {}),
        ("JPEG", "RGB", {"progressive": True, "restart_marker_rows": 1}),
        ("JPEG", "L", {}),
        ("JPEG", "CMYK", {}),
        ("PNG", "RGB", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {"transparency": 3}),
    ],
)
def test_a_published_image_tells_nothing_but_what_is_to_be_seen(
    tmp_path: Path, kind: str, mode: str, options: dict[str, object]
) -> None:
    path = private_image(tmp_path, kind, mode=mode, **options)
    read = read_chapter_image(path)
    assert SECRET not in read.data + read.small
    with Image.open(io.BytesIO(read.data)) as image, Image.open(path) as original:
        assert dict(image.getexif()) == {0x0112: TURNED}
        assert not {"comment", "xmp", "Author", "XML:com.adobe.xmp"} & set(image.info)
        assert image.info["icc_profile"] == original.info["icc_profile"]
        assert image.mode == original.mode
        assert ImageChops.difference(image.convert("RGBA"), original.convert("RGBA")).getbbox() is None
        assert ImageOps.exif_transpose(image).size == (40, 90)
    again = tmp_path / "again"
    again.write_bytes(read.data)
    assert read_chapter_image(again) == read


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", [0, 1, 9])
def test_an_upright_image_needs_no_exif(tmp_path: Path, kind: str, turned: int) -> None:
    data = without_private_data(private_image(tmp_path, kind, turned=turned).read_bytes())
    assert b"Exif" not in data
    assert b"eXIf" not in data


def test_further_pictures_and_thumbnails_are_not_published(tmp_path: Path) -> None:
    shown, hidden = Image.new("RGB", (64, 64), "navy"), Image.effect_noise((64, 64), 80).convert("RGB")
    path = saved(tmp_path, shown, name="two.jpg", kind="MPO", save_all=True, append_images=[hidden])
    data = read_chapter_image(path).data
    assert len(data) < path.stat().st_size / 2
    assert data.count(b"\xff\xd8") == 1
    thumbnail = b"\xff\xe0" + (16 + 3).to_bytes(2) + b"JFIF\0\1\1\0\0\1\0\1\1\1abc"
    assert without_private_data(data[:2] + thumbnail + data[2:]) == data


def test_an_image_whose_bytes_are_wrong_between_its_pieces_is_still_told_by_its_decoder(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.effect_noise((64, 64), 80), name="map.png", kind="PNG")
    data = path.read_bytes()
    place = data.index(b"IDAT") + 40
    path.write_bytes(data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :])
    with pytest.raises(SourceError, match="cannot be read as an image"):
        read_chapter_image(path)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG"]), st.lists(st.tuples(st.integers(2, 9000), st.integers(0, 255)), max_size=6))
def test_damage_to_an_image_of_a_chapter_is_either_harmless_or_a_source_error(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, int]]
) -> None:
    path = private_image(tmp_path_factory.mktemp("damaged"), kind)
    content = bytearray(path.read_bytes())
    for place, value in changes:
        content[place % len(content)] = value
    path.write_bytes(content)
    with contextlib.suppress(SourceError):
        assert read_chapter_image(path).small


@pytest.mark.parametrize("start", [b"\xff\xd8", b"\xff\xd8\xff\xda\0\2", b"\x89PNG\r\n\x1a\n"])
@pytest.mark.parametrize("rest", [b"\xff", b"\xff\xe1", b"\xff\xe1\0\2", b"\0", b"\xff\0"])
def test_hostile_bytes_are_gone_through_in_linear_time(start: bytes, rest: bytes) -> None:
    began = time.process_time()
    assert len(without_private_data(start + rest * 1_000_000)) <= len(start) + len(rest) * 1_000_000
    assert time.process_time() - began < 5


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_small_image_has_the_colours_that_the_profile_means(tmp_path: Path, kind: str) -> None:
    red = Image.new("RGB", (90, 40), (255, 0, 0))
    path = saved(tmp_path, red, name="map", kind=kind, icc_profile=swapped_colours())
    with Image.open(io.BytesIO(read_chapter_image(path).small)) as image:
        colour = image.getpixel((20, 20))
        assert isinstance(colour, tuple)
        assert colour[2] > 240
        assert colour[0] < 15
    # A profile for another kind of pixels means nothing.
    grey = saved(tmp_path, Image.new("L", (90, 40), 90), name="grey", kind=kind, icc_profile=swapped_colours())
    with Image.open(io.BytesIO(read_chapter_image(grey).small)) as image:
        assert image.getpixel((20, 20)) == (90, 90, 90)


def test_a_broken_colour_profile_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("RGB", (90, 40)), name="map", kind="JPEG", icc_profile=b"no profile" * 20)
    with pytest.raises(SourceError, match="cannot be read as an image"):
        read_chapter_image(path)


def test_a_moving_image_keeps_its_frames(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("navy", "white", "navy")]
    path = saved(tmp_path, frames[0], name="map.png", kind="PNG", save_all=True, append_images=frames[1:])
    assert read_chapter_image(path).data == path.read_bytes()


def test_the_cover_of_the_tag_carries_no_comment(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("RGB", (1400, 1400)), name="cover.jpg", kind="JPEG", comment=SECRET)
    assert SECRET in path.read_bytes()
    assert SECRET not in tag_cover(path)
