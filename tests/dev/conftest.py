import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def open_dir():
    """A directory that every user of the machine may enter."""
    directory = Path(tempfile.mkdtemp(prefix="realstaging-tests-"))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory)
