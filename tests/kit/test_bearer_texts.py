"""Keys and links are known by sight, told from typing errors, and kept as digests."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realstaging.kit import bearer_texts

KEY = bearer_texts.new("rs_live_")


def test_a_key_has_its_form():
    assert bearer_texts.FORM.fullmatch(KEY)
    assert len(KEY) == bearer_texts.LENGTH
    assert bearer_texts.prefix_of(KEY) == "rs_live_"
    assert len({bearer_texts.new("rs_test_") for _ in range(1000)}) == 1000
    assert len(bearer_texts.digest(KEY)) == 32


def test_at_least_160_bits_are_random():
    assert len(bearer_texts.ALPHABET) ** bearer_texts.RANDOM > 2**160
    assert set(bearer_texts.ALPHABET) == set(string.ascii_letters + string.digits)


@given(st.integers(8, bearer_texts.LENGTH - 1), st.sampled_from(bearer_texts.ALPHABET))
def test_one_wrong_letter_is_told(place, letter):
    wrong = KEY[:place] + letter + KEY[place + 1 :]
    assert (bearer_texts.prefix_of(wrong) is None) == (wrong != KEY)


@given(st.integers(8, bearer_texts.LENGTH - 2))
def test_two_letters_the_wrong_way_round_are_told(place):
    wrong = KEY[:place] + KEY[place + 1] + KEY[place] + KEY[place + 2 :]
    assert (bearer_texts.prefix_of(wrong) is None) == (wrong != KEY)


# Named, because the key is another one in each process of pytest-xdist.
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("rs_live_", id="prefix alone"),
        pytest.param(KEY[:-1], id="a letter short"),
        pytest.param(KEY + "a", id="a letter long"),
        pytest.param(KEY + "\n", id="a line end"),
        pytest.param(KEY.replace("rs_live_", "rs_test_"), id="another prefix"),
        pytest.param("x" + KEY, id="something before it"),
        pytest.param(KEY.upper(), id="in capitals"),
    ],
)
def test_what_is_none_of_ours_opens_nothing(text):
    assert bearer_texts.prefix_of(text) is None
