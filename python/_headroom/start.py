"""Says hello and waits for frameworks to be imported; costs nothing until one is."""

from _headroom import channel, imports, snapshot  # noqa: F401 (snapshot answers questions)

if channel.connect():
    imports.install()
