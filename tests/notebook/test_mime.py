"""MIME bundles are read as nbformat stores them."""

from nbreview.notebook import mime


def test_lines_are_joined_except_in_json() -> None:
    bundle = {"text/html": ["a\n", "b"], "application/json": ["a", "b"], "text/x": ["a", 1]}
    assert mime.joined(bundle) == {"text/html": "a\nb", "application/json": ["a", "b"], "text/x": ["a", 1]}


def test_a_raster_image_is_preferred_to_a_drawing() -> None:
    assert mime.image_type({"image/svg+xml": "<svg/>", "image/jpeg": "x", "image/png": "y"}) == "image/png"
    assert mime.image_type({"image/svg+xml": "<svg/>", "text/plain": "x"}) == "image/svg+xml"
    assert mime.image_type({"text/plain": "x"}) == ""


def test_line_breaks_in_base64_are_no_difference() -> None:
    assert mime.payload("image/png", "aGVs\nbG8=\n") == mime.payload("image/png", "aGVsbG8=")
    assert mime.payload("image/svg+xml", "<svg>\n</svg>") == "<svg>\n</svg>"


def test_image_bytes_come_out_or_nothing() -> None:
    assert mime.image_bytes("image/png", "aGVs\nbG8=\n") == b"hello"
    assert mime.image_bytes("image/svg+xml", "<svg/>") == b"<svg/>"
    assert mime.image_bytes("image/png", "not base64!") == b""
    assert mime.image_bytes("image/png", None) == b""


def test_tables_are_found_in_html() -> None:
    assert mime.has_table({"text/html": '<div><TABLE border="1"></TABLE></div>'})
    assert not mime.has_table({"text/html": "<b>bold</b>"})
