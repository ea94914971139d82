"""Tables as the program prints them."""

from reading.readouts.readout import Readout, names, numbers
from reading.readouts.terminal import terminal_text


def test_names_are_to_the_left_and_numbers_to_the_right_over_a_rule() -> None:
    table = Readout("Title", names("name") + numbers("count"), (("a", "1,000"), ("longer", "2")))
    assert terminal_text(table) == ("Title\n  name    count\n  ─────────────\n  a       1,000\n  longer      2")


def test_a_long_name_is_cut() -> None:
    table = Readout("Title", names("name"), (("a-name-of-more-than-twenty",),))
    assert terminal_text(table).endswith("\n  a-name-of-more-than…")


def test_no_line_ends_in_blanks() -> None:
    table = Readout("Title", names("name", "verdict"), (("a", ""), ("b", "steady")))
    assert all(line == line.rstrip() for line in terminal_text(table).splitlines())
