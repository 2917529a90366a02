"""The official Snowpipe Streaming SDK against a local endpoint.

Opens a channel, appends rows, waits for their commit and prints the committed offset token.
SSL_CERT_FILE must name the endpoint's certificate authority.
Usage: snowpipe_sdk_client.py PORT DATABASE SCHEMA PIPE ROWS_JSON
"""
import json
import sys
import time

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from snowflake.ingest.streaming import StreamingIngestClient

port, database, schema, pipe, rows = sys.argv[1:6]
key = rsa.generate_private_key(65537, 2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
properties = {
    "account": "acct",
    "user": "u",
    "private_key": key.decode(),
    "host": "localhost",
    "port": port,
    "scheme": "https",
    "role": "R",
}
client = StreamingIngestClient("conformance", database, schema, pipe, properties=properties)
channel, _ = client.open_channel("CONFORMANCE")
print("resumed", channel.get_latest_committed_offset_token())
appended = json.loads(rows)
for number, row in enumerate(appended, start=1):
    channel.append_row(row, str(number))
channel.wait_for_flush(20)
# Flushed is sent; committed comes after it.
deadline = time.monotonic() + 20
while appended and channel.get_latest_committed_offset_token() != str(len(appended)) and time.monotonic() < deadline:
    time.sleep(0.1)
print("committed", channel.get_latest_committed_offset_token())
channel.close()
client.close()
