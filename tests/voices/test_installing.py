"""A voice comes whole, or not at all, whatever the server, the line and the disk do."""

import fcntl
import hashlib
import json
import resource
import shutil
import ssl
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError, EngineUnavailable, StoreError, VoiceNotFound
from pipeline.progress import Silence
from pipeline.voices import Model, find_models, model_digest
from pipeline.voices.depot import Depot, Patience
from pipeline.voices.folder import is_whole
from pipeline.voices.installing import Installed, Wanted, find_whole, install, parse_wanted, remove
from tests.voices.storehouse import ALBA, CARD, FOLDER, Fault, Storehouse, storehouse

WEIGHTS = f"{FOLDER}/{ALBA}.onnx"
QUICK = Patience(tries=4, first_wait_s=0.001, silence_s=5)
WANTED = Wanted(engine="piper", name=ALBA)


class Counter(Silence):
    """A Progress that adds up, and remembers how low and high it was."""

    def __init__(self) -> None:
        self.total = self.count = 0
        self.outcomes: list[str] = []

    def begin(self, stage: str, total: int) -> None:
        self.total = total

    def advance(self, count: int = 1) -> None:
        self.count += count
        assert 0 <= self.count <= self.total

    def end(self, outcome: str) -> None:
        self.outcomes.append(outcome)


def fetched(house: Storehouse, wanted: Wanted = WANTED) -> tuple[Installed, Counter, list[Model]]:
    progress = Counter()
    told: list[Model] = []
    with closing(Depot(house.base, patience=QUICK)) as depot:
        return install(wanted, depot=depot, progress=progress, tell=told.append), progress, told


def require_alba(house: Storehouse, folder: Path) -> None:
    """The voice is there, byte for byte, and nothing else."""
    (model,) = find_models("piper")
    there = {path.name: path.read_bytes() for path in (folder / "piper" / ALBA).iterdir()}
    assert there.pop("model.json")
    assert there == {path.rpartition("/")[2]: house.files[path] for path in house.files if path.startswith(FOLDER)}
    assert {file.name: file.sha256 for file in model.files} == {
        name: hashlib.sha256(data).hexdigest() for name, data in there.items()
    }
    assert is_whole(model)
    assert model_digest(model)


def test_a_voice_comes_with_what_its_index_and_its_card_say(house: Storehouse, folder: Path) -> None:
    done, progress, told = fetched(house)
    require_alba(house, folder)
    assert done.is_new
    assert done.model.language == "en-GB"
    assert done.model.quality == "medium"
    assert done.model.label == "alba, English (Great Britain)"
    assert done.model.licence == "CC BY 4.0"
    assert done.model.source == house.base
    assert [model.licence for model in told] == ["CC BY 4.0"]
    assert progress.count == progress.total == sum(file.length_bytes for file in done.model.files)
    assert [path for path, _ in house.requests] == [
        "voices.json",
        f"{FOLDER}/MODEL_CARD",  # before the large one, for its licence, and once
        WEIGHTS,
        f"{WEIGHTS}.json",
    ]


def test_what_is_here_and_whole_is_found_without_a_server(house: Storehouse) -> None:
    assert find_whole(WANTED) is None
    fetched(house)
    assert find_whole(WANTED) is not None
    before = len(house.requests)
    done, _, told = fetched(house)
    assert (done.is_new, told, len(house.requests) - before) == (False, [], 1)  # the index was asked, no file


@pytest.mark.parametrize("what", ["changed", "gone", "unreadable"])
def test_what_is_no_longer_whole_is_fetched_again(house: Storehouse, folder: Path, what: str) -> None:
    fetched(house)
    place = folder / "piper" / ALBA
    if what == "changed":
        data = (place / f"{ALBA}.onnx").read_bytes()
        (place / f"{ALBA}.onnx").write_bytes(data[::-1])  # as long as before
    elif what == "gone":
        (place / f"{ALBA}.onnx.json").unlink()
    else:
        (place / "model.json").write_text("{", encoding="utf-8")
    assert find_whole(WANTED) is None
    assert fetched(house)[0].is_new
    require_alba(house, folder)


def test_force_fetches_what_the_server_has_now(house: Storehouse, folder: Path) -> None:
    fetched(house)
    house.add_piper(size=100_096)
    assert fetched(house, Wanted(engine="piper", name=ALBA, is_forced=True))[0].is_new
    require_alba(house, folder)


def test_an_old_name_of_the_index_is_followed(house: Storehouse, folder: Path) -> None:
    assert fetched(house, Wanted(engine="piper", name=f"old-{ALBA}"))[0].model.name == ALBA
    require_alba(house, folder)


def test_a_name_beyond_ascii_is_asked_for_and_kept_as_it_is(house: Storehouse, folder: Path) -> None:
    name = "pt_PT-tugão-medium"
    house.add_piper(name, folder="pt/pt_PT/tugao/medium")
    data = house.files.pop(f"pt/pt_PT/tugao/medium/{name}.onnx")
    house.files["pt/pt_PT/tugao/medium/pt_PT-tug%C3%A3o-medium.onnx"] = data
    config = house.files.pop(f"pt/pt_PT/tugao/medium/{name}.onnx.json")
    house.files["pt/pt_PT/tugao/medium/pt_PT-tug%C3%A3o-medium.onnx.json"] = config
    fetched(house, Wanted(engine="piper", name=name))
    assert (folder / "piper" / name / f"{name}.onnx").read_bytes() == data


def test_a_digest_that_is_wrong_once_costs_another_try(house: Storehouse, folder: Path) -> None:
    house.faults[WEIGHTS] = [Fault(is_corrupt=True)]
    _, progress, _ = fetched(house)
    require_alba(house, folder)
    assert house.asked(WEIGHTS) == ["", ""]
    assert progress.count == progress.total


def test_a_digest_that_stays_wrong_is_told_with_both(house: Storehouse, folder: Path) -> None:
    house.faults[WEIGHTS] = [Fault(is_corrupt=True)] * 9
    right = hashlib.md5(house.files[WEIGHTS]).hexdigest()
    wrong = hashlib.md5(bytes(len(house.files[WEIGHTS]))).hexdigest()
    with pytest.raises(EngineUnavailable, match=f"MD5 is {wrong} and should be {right}"):
        fetched(house)
    assert house.asked(WEIGHTS) == ["", ""]
    assert find_models("piper") == ()
    assert not list((folder / "piper" / ALBA).glob("*.onnx*"))


def test_a_connection_that_is_cut_goes_on_where_it_ended(house: Storehouse, folder: Path) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=100_000), Fault(cut_after=150_000)]
    fetched(house)
    require_alba(house, folder)
    first, second, third = house.asked(WEIGHTS)
    assert (first, second) == ("", "bytes=100000-")
    assert third == "bytes=250000-"


def test_a_body_without_a_length_that_ends_early_goes_on_too(house: Storehouse, folder: Path) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=1000, headers=(("Content-Length", ""),))]
    fetched(house)
    require_alba(house, folder)
    assert house.asked(WEIGHTS) == ["", "bytes=1000-"]


def test_what_came_before_everything_failed_is_not_asked_for_again(house: Storehouse, folder: Path) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=200_000), *[Fault(status=503)] * 3]
    with pytest.raises(EngineUnavailable, match=r"503 Service Unavailable, 4 times in a row.*it goes on from there"):
        fetched(house)
    assert find_models("piper") == ()
    _, progress, _ = fetched(house)
    require_alba(house, folder)
    assert house.asked(WEIGHTS)[-1] == "bytes=200000-"
    assert progress.count == progress.total
    assert house.asked(f"{FOLDER}/MODEL_CARD") == [""]  # it was whole


def test_a_server_that_does_not_know_ranges_starts_again(house: Storehouse, folder: Path) -> None:
    house.has_ranges = False
    house.faults[WEIGHTS] = [Fault(cut_after=100_000)]
    _, progress, _ = fetched(house)
    require_alba(house, folder)
    assert house.asked(WEIGHTS) == ["", "bytes=100000-"]
    assert progress.count == progress.total


def test_a_part_of_another_state_of_the_file_is_never_continued(house: Storehouse, folder: Path) -> None:
    house.faults[WEIGHTS] = [Fault(cut_after=100_000), *[Fault(status=503)] * 3]
    with pytest.raises(EngineUnavailable):
        fetched(house)
    house.add_piper(size=200_192)
    fetched(house)
    require_alba(house, folder)
    assert house.asked(WEIGHTS)[-1] == ""


def test_a_piece_other_than_the_one_asked_for_is_not_added(house: Storehouse, folder: Path) -> None:
    odd = Fault(headers=(("Content-Range", "bytes 5-299999/300000"),))
    house.faults[WEIGHTS] = [Fault(cut_after=100_000), odd]
    fetched(house)
    require_alba(house, folder)
    assert house.asked(WEIGHTS) == ["", "bytes=100000-", ""]


def test_a_file_of_another_length_is_refused_before_it_is_fetched(house: Storehouse) -> None:
    house.faults[WEIGHTS] = [Fault(body=b"short")]
    with pytest.raises(EngineUnavailable, match="has 5 bytes there and should have"):
        fetched(house)


def test_a_file_that_does_not_end_fills_no_disk(house: Storehouse, folder: Path) -> None:
    endless = Fault(body=bytes(3_000_000), headers=(("Content-Length", ""),))
    house.faults[WEIGHTS] = [endless, endless]
    with pytest.raises(EngineUnavailable, match="came broken twice"):
        fetched(house)


def test_a_file_that_is_not_there(house: Storehouse) -> None:
    del house.files[WEIGHTS]
    with pytest.raises(EngineUnavailable, match=rf"{WEIGHTS} answers with 404 Not Found"):
        fetched(house)
    assert house.asked(WEIGHTS) == [""]  # to ask again would help nobody


def test_a_moment_of_too_many_requests_passes(house: Storehouse, folder: Path) -> None:
    house.faults["voices.json"] = [Fault(status=429, headers=(("Retry-After", "0"),)), Fault(status=500)]
    fetched(house)
    require_alba(house, folder)


@pytest.mark.parametrize("body", [b"<!doctype html><title>Sign in</title>", b"", b"[1, 2]", b'{"a": {"name": 1}}'])
def test_what_is_no_index_is_called_so(house: Storehouse, body: bytes) -> None:
    house.files["voices.json"] = body
    with pytest.raises(EngineUnavailable, match=r"voices\.json is no index of voices"):
        fetched(house)


def test_no_index_at_all(house: Storehouse) -> None:
    del house.files["voices.json"]
    with pytest.raises(EngineUnavailable, match="there is no index of voices at http"):
        fetched(house)


def test_nobody_at_home() -> None:
    with storehouse() as gone:
        pass
    with pytest.raises(EngineUnavailable, match="takes no connection"):
        fetched(gone)


def test_a_redirect_to_the_file_is_followed_with_its_range(house: Storehouse, folder: Path) -> None:
    with storehouse() as other:
        other.files["blobs/1"] = house.files[WEIGHTS]
        other.faults["blobs/1"] = [Fault(cut_after=100_000)]
        away = Fault(status=302, headers=(("Location", f"{other.base}blobs/1"),))
        house.faults[WEIGHTS] = [away, away]
        fetched(house)
        assert other.asked("blobs/1") == ["", "bytes=100000-"]
    require_alba(house, folder)


def test_redirects_in_a_circle_and_to_no_web_address_end(house: Storehouse) -> None:
    house.faults[WEIGHTS] = [Fault(status=302, headers=(("Location", f"/{WEIGHTS}"),))] * 99
    with pytest.raises(EngineUnavailable, match="redirects more than 10 times"):
        fetched(house)
    house.faults[WEIGHTS] = [Fault(status=302, headers=(("Location", "file:///etc/hostname"),))]
    with pytest.raises(EngineUnavailable, match="no web address"):
        fetched(house)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of this computer in one file, its own authority."""
    if shutil.which("openssl") is None:
        pytest.skip("the program openssl is not here to make a certificate")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    both = tmp_path / "both.pem"
    both.write_bytes((tmp_path / "key.pem").read_bytes() + (tmp_path / "certificate.pem").read_bytes())
    return both


def test_what_is_encrypted_stays_so_and_is_checked(
    house: Storehouse, certificate: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with storehouse(tls=context) as safe:
        safe.files = dict(house.files)
        with pytest.raises(EngineUnavailable, match=r"cannot prove that it is what it says \(self.signed"):
            fetched(safe)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        safe.faults[WEIGHTS] = [Fault(status=302, headers=(("Location", f"{house.base}{WEIGHTS}"),))]
        with pytest.raises(EngineUnavailable, match=r"redirects to an address that is not encrypted, on 127\.0\.0\.1"):
            fetched(safe)
        assert house.requests == []
        fetched(safe)
        require_alba(safe, folder)


def entry(path: str, data: bytes = b"x") -> dict[str, object]:
    return {path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}}


@pytest.mark.parametrize(
    "path",
    [
        "../../../escaped",
        "a/../../escaped",
        "/etc/escaped",
        "a//escaped",
        "http://127.0.0.1/escaped",
        "a\\..\\escaped",
        "a/.hidden",
        "a/model.json",
        "a/x.part",
        "a/es\u0000caped",
        "a/",
        f"elsewhere/{ALBA}.onnx",
    ],
)
def test_files_that_would_leave_the_folder_or_take_anothers_place_are_refused(
    house: Storehouse, tmp_path: Path, path: str
) -> None:
    files = json.loads(house.files["voices.json"])[ALBA]["files"]
    house.change_index(ALBA, files=files | entry(path))
    with pytest.raises(EngineUnavailable, match="nothing was installed"):
        fetched(house)
    assert [asked for asked, _ in house.requests] == ["voices.json"]
    assert not [found for found in tmp_path.rglob("*") if found.is_file()]


@pytest.mark.parametrize("name", ["../../escaped", "..", ".hidden", "a/b", "", "a\\b"])
def test_a_name_that_leads_elsewhere_is_no_name(house: Storehouse, name: str) -> None:
    house.files["voices.json"] = json.dumps({name: json.loads(house.files["voices.json"])[ALBA]}).encode()
    with pytest.raises((VoiceNotFound, ConfigError, EngineUnavailable)):
        parse_wanted(f"piper:{name}")
    with pytest.raises(EngineUnavailable, match="nothing was installed"):
        fetched(house, Wanted(engine="piper", name=name))


@pytest.mark.parametrize("digest", ["../../../../escaped/0123456789ab", "0" * 31, "0" * 32 + "\n", "g" * 32])
def test_a_digest_that_is_none_is_refused(house: Storehouse, digest: str) -> None:
    files = json.loads(house.files["voices.json"])[ALBA]["files"]
    files[WEIGHTS]["md5_digest"] = digest
    house.change_index(ALBA, files=files)
    with pytest.raises(EngineUnavailable, match="is no index"):
        fetched(house)


def test_a_voice_without_its_weights_is_not_offered(house: Storehouse) -> None:
    house.change_index(ALBA, files=entry(f"{FOLDER}/{ALBA}.onnx.json"))
    with pytest.raises(EngineUnavailable, match=rf"lists no {ALBA}\.onnx for"):
        fetched(house)


def test_a_disk_that_is_too_small_is_told_before_anything_comes(house: Storehouse) -> None:
    files = json.loads(house.files["voices.json"])[ALBA]["files"]
    files[WEIGHTS]["size_bytes"] = 10**16
    house.change_index(ALBA, files=files)
    with pytest.raises(StoreError, match=r"MB free, and piper:en_GB-alba-medium needs 10000000000 MB more"):
        fetched(house)
    assert [path for path, _ in house.requests] == ["voices.json"]


WITH_A_SMALL_DISK = f"""
import resource, sys
from contextlib import closing
from pipeline.errors import StoreError
from pipeline.progress import Silence
from pipeline.voices.depot import Depot
from pipeline.voices.installing import Wanted, install
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
with closing(Depot(sys.argv[1])) as depot:
    try:
        install(Wanted(engine="piper", name="{ALBA}"), depot=depot, progress=Silence(), tell=lambda model: None)
    except StoreError as error:
        sys.exit(str(error))
"""


def test_a_disk_that_takes_no_more_is_told_and_what_came_is_kept(house: Storehouse, folder: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100_000
    done = subprocess.run(
        [sys.executable, "-c", WITH_A_SMALL_DISK, house.base], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "cannot be written: File too large; free the disk" in done.stderr
    assert find_models("piper") == ()
    fetched(house)
    require_alba(house, folder)
    assert 0 < int(house.asked(WEIGHTS)[-1].removeprefix("bytes=").rstrip("-")) <= 100_000


def test_a_folder_that_cannot_be_made(house: Storehouse, folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="AUDIO_EDITION_VOICES"):
        fetched(house)


class Release(Counter):
    """Lets go of a lock as soon as somebody is told to wait for it."""

    def __init__(self, lock: IO[bytes]) -> None:
        super().__init__()
        self._lock = lock

    def begin(self, stage: str, total: int) -> None:
        super().begin(stage, total)
        fcntl.flock(self._lock, fcntl.LOCK_UN)


def test_who_comes_second_waits(house: Storehouse, folder: Path) -> None:
    (folder / "piper").mkdir(parents=True)
    with (folder / "piper" / f".{ALBA}.lock").open("wb") as lock, closing(Depot(house.base, patience=QUICK)) as depot:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another process would
        progress = Release(lock)
        install(WANTED, depot=depot, progress=progress, tell=lambda _: None)
    assert progress.outcomes == ["done", "0.3 MB, whole"]
    require_alba(house, folder)


def test_nothing_is_left_of_what_never_began(house: Storehouse, folder: Path) -> None:
    house.faults[f"{FOLDER}/MODEL_CARD"] = [Fault(status=404)]
    with pytest.raises(EngineUnavailable):
        fetched(house)
    assert not [path for path in (folder / "piper").iterdir() if not path.name.startswith(".")]


@given(st.lists(st.integers(0, 299_999), max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_it_is_cut_it_comes_whole(house: Storehouse, folder: Path, cuts: list[int]) -> None:
    house.requests.clear()
    house.faults[WEIGHTS] = [Fault(cut_after=cut) for cut in cuts[:3]]
    fetched(house, Wanted(engine="piper", name=ALBA, is_forced=True))
    require_alba(house, folder)


def test_kokoro_comes_from_a_mirror_with_an_index(house: Storehouse, folder: Path) -> None:
    house.add_kokoro()
    done, _, _ = fetched(house, Wanted(engine="kokoro", name="kokoro-tiny"))
    assert done.model.licence == "Apache-2.0"
    assert done.model.language == ""
    assert (folder / "kokoro" / "kokoro-tiny" / "kokoro-tiny.onnx").read_bytes() == house.files["kokoro-tiny.onnx"]
    with pytest.raises(VoiceNotFound, match="what there is: kokoro-tiny"):
        fetched(house, Wanted(engine="kokoro", name="kokoro-v1.0"))


@pytest.mark.parametrize("status", [403, 404])
def test_a_mirror_without_an_index_has_what_the_release_has(house: Storehouse, status: int) -> None:
    house.faults["index.json"] = [Fault(status=status)]
    house.files["kokoro-v1.0.onnx"] = b"something else"
    with pytest.raises(EngineUnavailable, match="has 14 bytes there and should have 325505369"):
        fetched(house, Wanted(engine="kokoro", name="kokoro-v1.0"))


def test_an_unknown_voice_is_told_with_the_nearest(house: Storehouse) -> None:
    wanted = Wanted(engine="piper", name="EN_gb-ALBA-mediun")
    with pytest.raises(VoiceNotFound, match="what there is: en_GB-alba-medium"):
        fetched(house, wanted)
    for number in range(5):
        house.add_piper(f"de_DE-voice{number}-low", folder=f"de/de_DE/voice{number}/low")
    with pytest.raises(
        VoiceNotFound, match="the nearest are en_GB-alba-medium; all of them: audio-edition voices list"
    ):
        fetched(house, wanted)


def test_a_card_without_a_licence_leaves_it_open(house: Storehouse) -> None:
    house.add_piper(card=CARD.replace("* License: CC BY 4.0\n", ""))
    assert fetched(house)[0].model.licence == ""


def test_what_is_removed_is_gone_and_nothing_else(house: Storehouse, folder: Path) -> None:
    house.add_piper("en_GB-alan-low", folder="en/en_GB/alan/low")
    fetched(house)
    fetched(house, Wanted(engine="piper", name="en_GB-alan-low"))
    remove(WANTED, progress=Silence())
    assert [model.name for model in find_models("piper")] == ["en_GB-alan-low"]
    assert not (folder / "piper" / ALBA).exists()
    with pytest.raises(VoiceNotFound, match="installed are en_GB-alan-low"):
        remove(WANTED, progress=Silence())
    assert not (folder / "piper" / ALBA).exists()


@pytest.mark.parametrize(
    "words", ["alba", "espeak:en-gb", "", ":", "piper", "piper:", "piper:../x", "kokoro:..", "PIPER:x"]
)
def test_words_that_name_nothing_to_install(words: str) -> None:
    with pytest.raises((ConfigError, VoiceNotFound)):
        parse_wanted(words)


def test_a_voice_without_its_engine_is_told_with_it() -> None:
    with pytest.raises(ConfigError, match="such as piper:de_DE-thorsten-high,"):
        parse_wanted("de_DE-thorsten-high")


def test_words_that_name_something() -> None:
    assert parse_wanted(f" piper:{ALBA} ") == WANTED
    assert parse_wanted("kokoro") == Wanted(engine="kokoro", name="kokoro-v1.0")
    assert parse_wanted("kokoro:kokoro-v1.0.fp16", is_forced=True).is_forced


@pytest.mark.parametrize(
    "base",
    [
        "ftp://a.example/",
        "voices.example.org",
        "http://",
        "http://a b/",
        "https://me:secret@a.example/",
        "https://a/?k=1",
    ],
)
def test_a_base_that_is_no_address_or_carries_a_secret(base: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Depot(base)
    assert "secret" not in str(caught.value)
