"""What programs and filters write where a name or a number belongs is nobody's name, and nobody's number."""

from __future__ import annotations

import pytest

from audits.reading.blanks import names_nobody, numbers_nobody


@pytest.mark.parametrize(
    "written",
    ["undefined", "Null", "@none", "", "-", "…", "%s", "{{username}}", "[object Object]", "h?lsingborg", "bib=\nliotek",
     "[email protected]@social.example", "a@b@c", "namn@", "namn@None", "r/string", "u/N/A", "n/a@social.example"],
)  # fmt: skip
def test_what_stands_in_for_a_name_names_nobody(written: str) -> None:
    assert names_nobody(written)


@pytest.mark.parametrize(
    "name",
    ["almestad", "@Almestads.stad", "bibliotek@social.example", "r/almestad", "hälsa-åt-alla", "0hamnpodden", "x"],
)
def test_a_name_names_somebody(name: str) -> None:
    assert not names_nobody(name)


@pytest.mark.parametrize(
    "written", ["null", "0", "-1", "000000004711", "00002442@N03", "XXXX4711", "****4711", "4711\n12", "n/a", "…", "$4"]
)
def test_what_stands_in_for_a_number_numbers_nobody(written: str) -> None:
    assert numbers_nobody(written)


@pytest.mark.parametrize(
    "number",
    [
        "4711",
        "34912442@N03",
        "2qh",
        "UCx_5-XG",
        "did:plc:abc",
        "https://blog.example/?author=1",
        "https://a.example/#me",
    ],
)
def test_a_number_or_an_address_is_somebodys(number: str) -> None:
    assert not numbers_nobody(number)
