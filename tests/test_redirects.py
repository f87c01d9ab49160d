"""Old addresses lead on: what is told to each host does the same, and nothing else is led anywhere."""

import json
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.redirects import FOLDERS, Snippet, folder_url, redirects, snippets

OLD, NEW = "https://audio.harbour-review.example/", "https://sound.causeway-letter.example/review/"

#: Old and new web root: hosts, folders, and one above the other.
MOVES = [
    (OLD, NEW),
    ("https://a.example/~ines/audio-1.0/", "https://b.example/"),
    ("https://a.example/", "https://a.example/audio/"),
    ("https://a.example:8443/audio/", "https://a.example/audio/"),
]

#: What is asked below the old web root, and what comes after the new one; "" is not to be led on.
PATHS = [
    ("feeds/podcast.xml", "feeds/podcast.xml"),
    ("feeds/economy/index.html", "feeds/economy/index.html"),
    ("episodes/ferry/ferry-616ebe64.mp3", "episodes/ferry/ferry-616ebe64.mp3"),
    ("index.html", ""),
    ("my-feeds/podcast.xml", ""),
    ("x/episodes/ferry/", ""),
]


def told(host: str, old: str, new: str) -> Snippet:
    (found,) = (snippet for snippet in snippets(old, new) if snippet.host == host)
    return found


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("https://A.Example", "https://a.example/"),
        ("HTTPS://a.example:443//audio", "https://a.example/audio/"),
        ("http://a.example:80", "http://a.example/"),
        ("https://a.example:8443/Audio///", "https://a.example:8443/Audio/"),
        (" https://a.example/ ", "https://a.example/"),
    ],
)
def test_one_address_is_written_one_way(address: str, folder: str) -> None:
    assert folder_url(address) == folder
    assert folder_url(folder) == folder


def test_whole_folders_are_led_on_for_good() -> None:
    assert [(one.old_url, one.new_url, one.status) for one in redirects(OLD, NEW)] == [
        (f"{OLD}feeds/", f"{NEW}feeds/", 301),
        (f"{OLD}episodes/", f"{NEW}episodes/", 301),
    ]


def test_every_host_is_told_and_github_pages_is_told_apart() -> None:
    hosts = [snippet.host for snippet in snippets(OLD, NEW)]
    assert hosts == ["nginx", "Caddy", "Netlify", "S3", "CloudFront", "GitHub Pages"]
    pages = told("GitHub Pages", OLD, NEW)
    assert pages.note == "it cannot redirect a feed"
    assert "sound.causeway-letter.example" in pages.text
    assert "itunes:new-feed-url" in pages.text


@pytest.mark.parametrize(("old", "new"), MOVES)
@pytest.mark.parametrize(("asked", "answered"), PATHS)
def test_servers_with_patterns_lead_on_what_they_should(old: str, new: str, asked: str, answered: str) -> None:
    nginx = re.search(r'location ~ "(\S+)" \{\n    return 301 (\S+)\$1;\n\}', told("nginx", old, new).text)
    caddy = re.search(
        r"@moved path_regexp moved (\S+)\nredir @moved (\S+)\{re\.moved\.1\} permanent", told("Caddy", old, new).text
    )
    for found in (nginx, caddy):
        assert found is not None
        led = re.search(found[1], path_of(old) + asked)
        assert (found[2] + led[1] if led else "") == (new + answered if answered else "")


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_netlify_and_s3_lead_on_the_same(old: str, new: str) -> None:
    netlify = [line.split() for line in told("Netlify", old, new).text.splitlines()]
    assert netlify == [[f"{path_of(old)}{folder}/*", f"{new}{folder}/:splat", "301!"] for folder in FOLDERS]
    rules = json.loads(told("S3", old, new).text)
    for rule, folder in zip(rules, FOLDERS, strict=True):
        target = rule["Redirect"]
        assert f"/{rule['Condition']['KeyPrefixEquals']}" == f"{path_of(old)}{folder}/"
        address = f"{target['Protocol']}://{target['HostName']}/{target['ReplaceKeyPrefixWith']}"
        assert address == f"{new}{folder}/"
        assert target["HttpRedirectCode"] == "301"


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_the_cloudfront_function_runs_and_leads_on(old: str, new: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here")
    asked = [path_of(old) + path for path, _ in PATHS]
    code = told("CloudFront", old, new).text + (
        f"const answers = {json.dumps(asked)}.map((uri) => handler({{ request: {{ uri }} }}));\n"
        "console.log(JSON.stringify(answers));\n"
    )
    done = subprocess.run([node, "-e", code], capture_output=True, text=True, check=True)
    for answer, uri, (_, answered) in zip(json.loads(done.stdout), asked, PATHS, strict=True):
        if answered:
            assert answer["statusCode"] == 301
            assert answer["headers"]["location"]["value"] == new + answered
        else:
            assert answer == {"uri": uri}


def test_where_only_the_scheme_changes_no_rule_over_paths_leads_in_circles() -> None:
    (only,) = snippets("http://a.example/audio/", "https://a.example/audio/")
    assert "listen 80;" in only.text
    assert "return 301 https://$host$request_uri;" in only.text


@given(
    host=st.from_regex(r"[a-z0-9]+(\.[a-z0-9-]+)+", fullmatch=True),
    path=st.from_regex(r"(/[A-Za-z0-9._~:@!$&'()*+,;=%-]+)*", fullmatch=True),
)
def test_any_address_can_be_led_on(host: str, path: str) -> None:
    old = folder_url(f"https://{host}{path}")
    nginx = re.search(r'location ~ "(\S+)" \{', told("nginx", old, NEW).text)
    assert nginx is not None
    led = re.search(nginx[1], path_of(old) + "feeds/podcast.xml")
    assert led is not None
    assert led[1] == "feeds/podcast.xml"
