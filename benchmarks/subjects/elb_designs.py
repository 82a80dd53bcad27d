"""
The designs of elb-to-es.ts and clo.ts in the language of the programs themselves, from bytes to signed bodies.

usage: python3 elb_designs.py <file> <key> <design> <passes>
prints, as JSON, the CPU milliseconds of each pass, and the number of documents of the last
"""

import hashlib
import hmac
import io
import json
import re
import sys
import time

NAMED = re.compile(
    r"(?P<timestamp>\d{4}-\d\d-\d\dT\d+:\d+:\d+\.\d+Z) (?P<elb_name>[^ ]+) (?P<client_ip>[^:]+):(?P<client_port>[^ ]+) "
    r"(?P<backend_address>[^ ]+) (?P<request_processing_time>[0-9.-]+) (?P<backend_processing_time>[0-9.-]+) "
    r"(?P<response_processing_time>[0-9.-]+) (?P<elb_status_code>\d{3}) (?P<backend_status_code>\d{3}) "
    r'(?P<received_bytes>\d+) (?P<sent_bytes>\d+) "(?P<request_method>[A-Z]+) (?P<request_url>[^ ]+) (?P<http_version>[^ ]+)" '
    r'"(?P<user_agent>.+?)" (?P<ssl_cipher>[^ ]+) (?P<ssl_protocol>[^ ]+)'
)
URL_PARTS = re.compile(
    r"(?P<request_protocol>[^:]+)://(?P<request_host>[^:/]+):?(?P<request_port>\d+)/(?P<request_path>[^?]+)\??(?P<request_query>.*)"
)

FIELDS = (
    "timestamp elb client_ip client_port target_ip target_port request_processing_time target_processing_time "
    "response_processing_time elb_status_code target_status_code received_bytes sent_bytes request_verb request_url "
    "request_proto user_agent ssl_cipher ssl_protocol"
).split()
POSITIONS = (
    r"([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) "
    r'(|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) ([^ ]*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-]+) ([A-Za-z0-9.-]*)'
)


def sign(body):
    """Hashes the body, and derives a signature as Signature Version 4 does."""
    text = hashlib.sha256(body).hexdigest().encode()
    key = b"AWS4secret"
    for part in (b"20261121", b"eu-central-1", b"es", b"aws4_request", text):
        key = hmac.new(key, part, hashlib.sha256).digest()


def elb_to_es(content, key):
    """500 documents a request; the whole object as lines, then as dictionaries."""
    base = hashlib.sha1(("bucket" + key).encode()).hexdigest()
    entries = []
    for line in io.TextIOWrapper(io.BytesIO(content), encoding="utf-8").readlines():
        entry = NAMED.match(line).groupdict()
        url = URL_PARTS.match(entry["request_url"])
        if url:
            entry.update(url.groupdict())
        entries.append(entry)
    for start in range(0, len(entries), 500):
        batch = []
        for number, entry in enumerate(entries[start : start + 500], start):
            action = {"_index": "elb-" + entry["timestamp"][:10], "_type": "elb_access_log", "_id": f"{base}-{number}"}
            batch.append(json.dumps({"index": action}))
            batch.append(json.dumps(entry))
        sign(("\n".join(batch) + "\n").encode())
    return len(entries)


def lines_of(content):
    """As `iter_lines` of botocore's StreamingBody, which reads 1 KiB at a time."""
    body = io.BytesIO(content)
    pending = b""
    while part := body.read(1024):
        lines = (pending + part).splitlines(True)
        for line in lines[:-1]:
            yield line.splitlines(True)[0]
        pending = lines[-1]
    if pending:
        yield pending.splitlines(True)[0]


def clo(content, _):
    """
    Up to 10,000 documents or 95 MiB a request, without an id; one line after the other. A document is serialized once for its size, and
    once for its request.
    """

    def documents():
        for line in lines_of(content):
            values = re.match(POSITIONS, line.decode("utf-8", errors="replace"))
            yield {field: values.group(n + 1) for n, field in enumerate(FIELDS)} if values else {}

    def send(batch):
        lines = []
        for document in batch:
            lines.append(json.dumps({"index": {}}) + "\n")
            lines.append(json.dumps(document) + "\n")
        sign("".join(lines).encode())

    count = size = 0
    batch = []
    for document in documents():
        count += 1
        bytes_more = len(json.dumps({"index": {}}).encode()) + len(json.dumps(document).encode()) + 2
        if batch and (size + bytes_more > 95 * 1024 * 1024 or len(batch) == 10_000):
            send(batch)
            batch = []
            size = 0
        batch.append(document)
        size += bytes_more
    if batch:
        send(batch)
    return count


def main():
    file, key, design, passes = sys.argv[1:]
    with open(file, "rb") as opened:
        content = opened.read()
    work = {"elb-to-es": elb_to_es, "clo": clo}[design]
    took = []
    for _ in range(int(passes)):
        start = time.process_time()
        documents = work(content, key)
        took.append((time.process_time() - start) * 1000)
    print(json.dumps({"ms": took, "documents": documents}))


main()
