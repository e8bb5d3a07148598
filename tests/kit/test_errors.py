import inspect

from realstaging.kit import errors


def every(cls=errors.AppError):
    for child in cls.__subclasses__():
        yield child
        yield from every(child)


def test_the_docstring_is_the_message_unless_one_is_given():
    assert errors.NotFound().message == "There is nothing here, or it is not yours."
    assert errors.NotFound("No such project.").message == "No such project."


def test_every_kind_has_its_own_code_and_a_sentence():
    kinds = list(every())
    assert len(kinds) >= 8
    for kind in kinds:
        assert inspect.cleandoc(kind.__doc__).endswith(".")
        assert 400 <= kind.status < 600
