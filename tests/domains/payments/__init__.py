import pytest

# What differs is said, not only that something does.
pytest.register_assert_rewrite(f"{__name__}.histories")
