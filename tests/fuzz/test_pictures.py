"""A few of the mutated pictures of `make fuzz`."""

from tests.fuzz import pictures


async def test_no_mutated_picture_ends_in_anything_but_words():
    seen, findings, peak = await pictures.run(150, seed=2)
    assert findings == []
    assert seen["taken"] + seen["refused"] == 150
    assert min(seen["taken"], seen["refused"]) > 10
    assert peak > 0


def test_a_case_is_the_same_each_time():
    assert [pictures.case(number) for number in range(40)] == [pictures.case(number) for number in range(40)]
