"""Nothing that anybody may send is without bounds: every field of every body, every parameter of every route."""

import inspect
import re
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import msgspec
import pytest
from litestar.routes import HTTPRoute
from msgspec import Meta
from msgspec import inspect as types

from realstaging.api import build
from realstaging.kit import bounds
from realstaging.settings import Settings

DEPENDENCIES = {"platform", "caller", "operator", "settings", "request", "session", "state"}
CLOSED = (
    types.BoolType,
    types.NoneType,
    types.UUIDType,
    types.EnumType,
    types.LiteralType,
    types.DateTimeType,
)


def unbounded(type_, where="$"):  # noqa: C901 - one case for each kind of type
    """Places in a type that any length or size would fit into."""
    inner = type_.type if isinstance(type_, types.Metadata) else type_
    match inner:
        case types.StrType():
            yield from () if inner.max_length is not None else [f"{where}: text without max_length"]
            keeps_nul = any(re.search(inner.pattern or "", text) for text in ("\0", "a\0", "\0a", "a\0a", "\0" * 64))
            # A parameter's own characters are the intake's: see check_address.
            yield from [f"{where}: text with NUL"] if keeps_nul and where.startswith("$") else []
        case types.IntType() | types.FloatType():
            closed = (inner.ge is not None or inner.gt is not None) and (inner.le is not None or inner.lt is not None)
            yield from () if closed else [f"{where}: number without both ends"]
        case types.ListType() | types.VarTupleType() | types.SetType() | types.FrozenSetType() | types.CollectionType():
            yield from () if inner.max_length is not None else [f"{where}: list without max_length"]
            yield from unbounded(inner.item_type, f"{where}[]")
        case types.DictType():
            yield from () if inner.max_length is not None else [f"{where}: object without max_length"]
            yield from unbounded(inner.key_type, f"{where}.key")
            yield from unbounded(inner.value_type, f"{where}.*")
        case types.TupleType():
            for place, item in enumerate(inner.item_types):
                yield from unbounded(item, f"{where}[{place}]")
        case types.UnionType():
            for option in inner.types:
                yield from unbounded(option, where)
        case types.StructType():
            for field in inner.fields:
                yield from unbounded(field.type, f"{where}.{field.encode_name}")
        case _ if isinstance(inner, CLOSED):
            pass
        case _:
            yield f"{where}: {type(inner).__name__} has no bounds"


def handlers():
    for route in build(Settings()).routes:
        if isinstance(route, HTTPRoute):
            for handler, _ in route.route_handler_map.values():
                if inspect.getmodule(inspect.unwrap(handler.fn)).__name__.startswith("realstaging"):
                    yield route.path, handler


def parameter(field):
    """The type of a parameter with the bounds that are given beside it."""
    beside = field.kwarg_definition
    given = {
        name: getattr(beside, name, None) for name in ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern")
    }
    given = {name: value for name, value in given.items() if value is not None}
    if field.is_optional:
        [inner] = [option for option in field.inner_types if option.annotation is not type(None)]
        return Annotated[inner.raw, Meta(**given)] if given else inner.raw
    return Annotated[field.annotation, Meta(**given)] if given else field.annotation


def test_every_body_and_parameter_of_every_route_is_bounded():
    loose, bodies, parameters = [], 0, 0
    for path, handler in handlers():
        for name, field in handler.parsed_fn_signature.parameters.items():
            if name in DEPENDENCIES:
                continue
            if name == "data":
                bodies += 1
                loose += [f"{path} body {place}" for place in unbounded(types.type_info(field.annotation))]
            elif field.annotation is not UUID and not str(field.annotation).endswith("Path"):
                parameters += 1
                loose += [f"{path} ?{name} {place}" for place in unbounded(types.type_info(parameter(field)), "?")]
    assert loose == []
    assert bodies >= 7
    assert parameters >= 6


class Inner(msgspec.Struct):
    note: str


@pytest.mark.parametrize(
    "loose",
    [
        *(str, int, float, Decimal, Any, list[UUID], dict[bounds.Word, bounds.Word], tuple[UUID, ...], str | None),
        *(
            Annotated[str, Meta(max_length=5)],
            bounds.Several[str],
            Annotated[int, Meta(ge=0)],
            Annotated[list[Inner], Meta(max_length=2)],
        ),
    ],
)
def test_what_has_no_bounds_is_found(loose):
    assert list(unbounded(types.type_info(loose)))
