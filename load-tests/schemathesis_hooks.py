"""What schemathesis cannot know by itself: what a file is and a text of a kind, and that a key of a request is meant to be new."""

import base64
import uuid

import schemathesis
from hypothesis import strategies

# A small file of each type, which is looked at as a whole; a little behind its end does no harm.
FILES = {
    "application/pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "image/jpeg": base64.b64decode(
        "/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAAL"
        "CAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z"
    ),
    "image/png": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg=="
    ),
}

# The kinds of texts that the document names as a format (`civic::TextKind`): each as it is written, and as people may write it.
FORMATS = {
    "citizen-number": r"0(01|02|04|79) ?[0-3][0-9]{2} ?[0-9]{3} ?[0-9]{3}",
    "tax-number": r"0100109106(-[0-9]{3})?",
    "phone": r"(0|\+84|\+84 \(0\)|0084 )9[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3}",
    "person-name": r"[A-Z][a-z]{1,10}( [A-Z][a-z]{1,10}){1,3}",
    "agency-code": r"[Hh]44\.1[0-9]{2}",
    "procedure-code": r"[1-3]\.[0-9]{6}",
    "dossier-code": r"[Hh]44\.1[0-9]{2}-26(0[1-9]|1[0-2])[01][1-9]-[0-9]{3}[1-9]",
}

for name, pattern in FORMATS.items():
    schemathesis.openapi.format(name, strategies.from_regex(pattern, fullmatch=True))

for media_type, file in FILES.items():
    files = strategies.binary().map(file.__add__)
    schemathesis.openapi.media_type(media_type, strategies.one_of(files, files, strategies.binary()))


@schemathesis.deserializer(*FILES)
def text_of(_context, response):
    """JSON Schema takes bytes for a string (`format: binary`)."""
    return response.content.decode("latin-1")


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Keys are drawn short and therefore often again, and then bring back the answer of before: most are made new."""
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive and "Idempotency-Key" in case.headers and uuid.uuid4().int % 5:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
