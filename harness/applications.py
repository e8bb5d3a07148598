"""Applications of a test process, each used by one service after another: to register 290 routes takes longer than most tests do."""

from realstaging.api import registered

# As many as one test has of services, and of shapes.
MOST_IDLE = 4
_idle = []


def take(shape):
    """One of this shape that nobody uses: the last that was used, so that the others go."""
    for app in reversed(_idle):
        if app.shape == shape:
            _idle.remove(app)
            return app
    return registered(shape)


def give_back(app):
    """It serves nothing any more. The oldest goes where there are many; one with pages for a browser is not used again."""
    assert not app.serves
    if app.shape.web_folder is None:
        _idle.append(app)
    del _idle[:-MOST_IDLE]
