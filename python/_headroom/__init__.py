"""What `headroom run` adds to a Python app from inside: see docs/reference/side-channel.md."""

PROTOCOL = 1
