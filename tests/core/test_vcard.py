"""Contact cards, read back by another program's reader."""

from vdirsyncer.vobject import Item

from embassy.core.vcard import Property, text, texts, write

LONG = "Ambasada e Republikës së Shqipërisë në Mbretërinë e Belgjikës, seksioni konsullor, kati i dytë"


def test_a_card_begins_with_its_version_and_ends() -> None:
    assert write([Property("FN", "Office")]) == b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Office\r\nEND:VCARD\r\n"


def test_long_lines_are_folded_between_letters_and_read_back_whole() -> None:
    written = write([Property("FN", text(LONG))])

    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert "".join(line.decode() for line in written.splitlines(keepends=True)) == written.decode()
    assert Item(written.decode()).parsed["FN"] == LONG.replace(",", r"\,")


def test_what_parts_values_is_escaped_and_no_line_is_slipped_in() -> None:
    hostile = "a,b;c\\d\r\nTEL:tel:+1\x00"

    written = write([Property("NOTE", text(hostile)), Property("ADR", texts("", ("x;1", "y"), hostile))])

    card = Item(written.decode()).parsed
    assert card["NOTE"] == r"a\,b\;c\\d\nTEL:tel:+1"
    assert card["ADR"] == r";x\;1,y;a\,b\;c\\d\nTEL:tel:+1"
    assert "TEL" not in card


def test_parameters_are_quoted_and_stay_on_their_line() -> None:
    label = 'Rue "Haute" 1\nBruxelles'

    written = write([Property("ADR", "x", {"LABEL": label}), Property("TEL", "y", {"TYPE": ["work", "fax"]})])

    assert written.split(b"\r\n")[2:4] == [
        b"ADR;LABEL=\"Rue 'Haute' 1, Bruxelles\":x",
        b"TEL;TYPE=work,fax:y",
    ]
