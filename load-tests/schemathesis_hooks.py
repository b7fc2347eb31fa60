"""What schemathesis cannot know by itself: how the bytes of a file are made, and how they are read."""

import schemathesis
from hypothesis import strategies

# The first bytes of each type, which the services look at; what follows may be anything.
STARTS = {"application/pdf": b"%PDF-1.4\n", "image/jpeg": b"\xff\xd8\xff\xe0", "image/png": b"\x89PNG\r\n\x1a\n"}

for media_type, start in STARTS.items():
    files = strategies.binary().map(start.__add__)
    schemathesis.openapi.media_type(media_type, strategies.one_of(files, files, strategies.binary()))


@schemathesis.deserializer(*STARTS)
def text_of(_context, response):
    """JSON Schema's `format: binary` is a string of bytes."""
    return response.content.decode("latin-1")
