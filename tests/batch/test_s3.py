"""Archives in an S3 store, played by a server on this machine's loopback; no other address is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.kill import ROOT, differences, make_inputs
from extractor.batch import Options, run_batch
from tests.pages import FORM_4, NO_FORM

# The command line in a process that ends at the first look-up of a name or connection that is not this machine's own.
WATCHED = """
import ipaddress, os, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
    elif event == "socket.getaddrinfo":
        host = arguments[0] or "127.0.0.1"
    else:
        return
    told = host.decode() if isinstance(host, bytes) else host
    print("asked for", told, file=sys.stderr)
    if told != "localhost" and not ipaddress.ip_address(told).is_loopback:
        os._exit(99)

sys.addaudithook(refuse)
from extractor.cli import main
main()
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment in which `s3://filings` is a bucket with a folder and an archive."""
    boto3 = pytest.importorskip("boto3")
    pytest.importorskip("s3fs")
    given = {"region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}
    client = boto3.client("s3", endpoint_url=endpoint, **given)
    client.create_bucket(Bucket="filings")
    archive = make_inputs(tmp_path / "more.zip", 5, sorted(ROOT.glob("samples/*/filing.html"))[:2])
    client.put_object(Bucket="filings", Key="2024/more.zip", Body=archive.read_bytes())
    client.put_object(Bucket="filings", Key="2024/q1/good.html", Body=FORM_4)
    client.put_object(Bucket="filings", Key="2024/q1/letter.html", Body=NO_FORM)
    client.put_object(Bucket="filings", Key="2023/old.html", Body=FORM_4)
    yield {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    found = client.list_objects_v2(Bucket="filings").get("Contents", ())
    for each in found:
        client.delete_object(Bucket="filings", Key=each["Key"])
    client.delete_bucket(Bucket="filings")


def extractor(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WATCHED, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


ARGUMENTS = ("--to", "jsonl", "--to", "tsv", "--workers", 2)


def test_a_store_is_read_as_a_folder_is(store: dict[str, str], tmp_path: Path) -> None:
    done = extractor(store, "batch", "s3://filings/2024/", "-o", tmp_path / "out", *ARGUMENTS)
    assert done.returncode == 6, done.stderr
    assert "7 inputs: 6 read, 0 in doubt, 1 failed, 0 copies" in done.stderr
    assert "asked for 127.0.0.1" in done.stderr
    lines = (tmp_path / "out" / "jsonl" / "part-00000.jsonl").read_text().splitlines()
    told = [json.loads(line)["source"] for line in lines]
    assert [(each["uri"], each["member"]) for each in told][-1] == ("s3://filings/2024/q1/good.html", "")
    assert told[0]["uri"] == "s3://filings/2024/more.zip"
    run_batch([tmp_path / "more.zip"], tmp_path / "local", Options(("jsonl",), workers=1, seconds=20.0))
    local = (tmp_path / "local" / "jsonl" / "part-00000.jsonl").read_text().splitlines()
    assert [json.loads(line)["filing"] for line in lines[:5]] == [json.loads(line)["filing"] for line in local]


def test_a_cluster_reads_a_store(store: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    for name, engine in (("out", "local"), ("cluster", "dask")):
        named = ("s3://filings/2024/q1/", "s3://filings/2023/old.html")
        done = extractor(store, "batch", *named, "-o", tmp_path / name, *ARGUMENTS, "--engine", engine)
        assert done.returncode == 6, done.stderr
        assert "3 inputs: 1 read, 0 in doubt, 1 failed, 1 copies" in done.stderr
    assert differences(tmp_path / "out", tmp_path / "cluster") == ()


def test_what_is_not_in_the_store_is_a_record(store: dict[str, str], tmp_path: Path) -> None:
    named = ("s3://filings/2023/old.html", "s3://filings/none/", "s3://nobody/")
    done = extractor(store, "batch", *named, "-o", tmp_path / "out", "--to", "jsonl", "--workers", 1)
    assert done.returncode == 6, done.stderr
    assert "3 inputs: 1 read, 0 in doubt, 2 failed" in done.stderr
    failed = extractor(store, "status", tmp_path / "out", "--failed").stdout.splitlines()
    assert [line.split(": ")[:2] for line in failed] == [[name, "SourceUnreadable"] for name in named[1:]]


def test_another_address_would_be_noticed(store: dict[str, str], tmp_path: Path) -> None:
    elsewhere = {**store, "AWS_ENDPOINT_URL": "http://192.0.2.1:9"}  # a block that is nobody's (RFC 5737)
    done = extractor(elsewhere, "batch", "s3://filings/2023/", "-o", tmp_path / "out", "--to", "jsonl")
    assert done.returncode == 99
    assert "asked for 192.0.2.1" in done.stderr
