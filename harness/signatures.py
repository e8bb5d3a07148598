"""What a test process remembers of routes: Litestar reads the signatures of 280 handlers anew for every application that is built, which
was a quarter of the processor time of a test of the API.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

from litestar._signature import SignatureModel
from litestar.utils.signature import ParsedSignature

_READ = ParsedSignature.from_fn
_MODELLED = SignatureModel.create
_signatures: dict[object, ParsedSignature] = {}
_models: dict[object, type[SignatureModel]] = {}


def remember() -> None:
    """From now on what is said of a function is read once: of its code, as some are made anew with each application."""
    ParsedSignature.from_fn = _parsed  # type: ignore[method-assign, assignment]
    SignatureModel.create = _model  # type: ignore[method-assign, assignment]


def _of(fn: Callable[..., Any]) -> object:
    """What functions of the same signature share; None where that cannot be told."""
    return (fn.__code__, fn.__defaults__, str(fn.__annotations__)) if isinstance(fn, FunctionType) else None


def _parsed(fn: Callable[..., Any], signature_namespace: dict[str, Any]) -> ParsedSignature:
    known = _of(fn)
    if known is None or signature_namespace:
        return _READ(fn, signature_namespace)
    if known not in _signatures:
        _signatures[known] = _READ(fn, signature_namespace)
    return _signatures[known]


def _model(*, fn: Callable[..., Any], dependency_name_set: set[str], **more: Any) -> type[SignatureModel]:
    known = _of(fn)
    if known is None or more["data_dto"]:
        return _MODELLED(fn=fn, dependency_name_set=dependency_name_set, **more)
    # Decoders are those of the framework, made anew with each application.
    key = (known, frozenset(dependency_name_set))
    if key not in _models:
        _models[key] = _MODELLED(fn=fn, dependency_name_set=dependency_name_set, **more)
    return _models[key]
