from tests.api.conftest import ada, service

__all__ = ["ada", "service"]
