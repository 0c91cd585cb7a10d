"""Prints what a mail program sees in a message: subject, text, attachment name and bytes in hex, header names."""
import email
import email.policy
import pathlib
import sys

message = email.message_from_bytes(pathlib.Path(sys.argv[1]).read_bytes(), policy=email.policy.default)
print("subject", message["subject"])
print("message-id", message["message-id"])
print("headers", " ".join(sorted(name.lower() for name in message.keys())))
print("text", message.get_body(("plain",)).get_content().strip().replace("\r\n", "\n").replace("\n", "|"))
for part in message.iter_attachments():
    print("attachment", part.get_filename(), part.get_content_type(), part.get_content().hex())
