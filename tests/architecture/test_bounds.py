"""Nothing that anybody may send is without bounds: every field of every body, every parameter of every route."""

import inspect
import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import msgspec
import pytest
from litestar.routes import HTTPRoute
from msgspec import Meta
from msgspec import inspect as types

from realstaging.api import build, description
from realstaging.kit import bounds
from realstaging.settings import Settings

DEPENDENCIES = {"platform", "caller", "operator", "settings", "request", "session", "state", "fresh"}
CLOSED = (
    types.BoolType,
    types.NoneType,
    types.UUIDType,
    types.EnumType,
    types.LiteralType,
)


def unbounded(type_, where="$"):  # noqa: C901 - one case for each kind of type
    """Places in a type that any length or size would fit into."""
    inner = type_.type if isinstance(type_, types.Metadata) else type_
    match inner:
        case types.StrType():
            yield from loose_text(inner, where)
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
            for field in by_type(inner):
                yield from unbounded(field.type, f"{where}.{field.encode_name}")
        case _ if isinstance(inner, CLOSED):
            pass
        case _:
            yield f"{where}: {type(inner).__name__} has no bounds"


def loose_text(text, where):
    if text.max_length is None:
        yield f"{where}: text without max_length"
    keeps_nul = any(re.search(text.pattern or "", sample) for sample in ("\0", "a\0", "\0a", "a\0a", "\0" * 64))
    # A parameter's own characters are the intake's: see check_address.
    if keeps_nul and where.startswith("$"):
        yield f"{where}: text with NUL"
    # Python's `$` ends a text before a line break at its end as well: what may have none within may have none there.
    if text.pattern and text.pattern.endswith("$") and not re.search(text.pattern, "a\nb"):
        yield f"{where}: a pattern without bounds.END"


def by_type(struct):
    """The fields that their types bound: moments may be bounded by what their struct does once it is read."""
    return [field for field in struct.fields if not (issubclass(struct.cls, bounds.Dated) and is_moment(field.type))]


def is_moment(type_):
    options = type_.types if isinstance(type_, types.UnionType) else (type_,)
    return all(isinstance(option, (types.DateTimeType, types.NoneType)) for option in options)


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


def test_no_text_in_an_address_may_hold_what_no_address_can():
    """Control characters are refused before a route is looked for, and whoever reads the API's description is told so."""
    operations = [
        (f"{method.upper()} {path}", operation)
        for path, item in description.described(build(Settings()))["paths"].items()
        for method, operation in item.items()
    ]
    loose = [
        f"{name}: {parameter['name']}"
        for name, operation in operations
        for parameter in operation.get("parameters", ())
        if parameter["in"] in {"path", "query"} and takes_a_control_character(parameter["schema"])
    ]
    assert loose == []


def takes_a_control_character(schema):
    """Whether a text that holds one (BEL) fits."""
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return any(map(takes_a_control_character, choices))
    if schema.get("type") != "string" or "enum" in schema or schema.get("format") in {"uuid", "date-time", "date"}:
        return False
    return "pattern" not in schema or bool(re.search(schema["pattern"], "\a" * schema.get("minLength", 1)))


class Inner(msgspec.Struct):
    note: str


class Undated(msgspec.Struct):
    since: datetime | None


@pytest.mark.parametrize(
    "loose",
    [
        *(str, int, float, Decimal, Any, list[UUID], dict[bounds.Word, bounds.Word], tuple[UUID, ...], str | None),
        *(
            Annotated[str, Meta(max_length=5)],
            bounds.Several[str],
            Annotated[int, Meta(ge=0)],
            Annotated[list[Inner], Meta(max_length=2)],
            *(datetime, Undated, Annotated[str, Meta(max_length=5, pattern="^[a-z]*$")]),
        ),
    ],
)
def test_what_has_no_bounds_is_found(loose):
    assert list(unbounded(types.type_info(loose)))


class Asked(bounds.Dated, frozen=True):
    since: Annotated[datetime, Meta(tz=True)]
    until: Annotated[datetime, Meta(tz=True)] | None = None


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1999-12-31T23:59:59Z"])
def test_no_moment_is_taken_that_a_calendar_might_not_have(moment):
    for body in ({"since": moment}, {"since": "2026-11-26T08:00:00Z", "until": moment}):
        with pytest.raises(msgspec.ValidationError, match="no moment of this millennium"):
            msgspec.json.decode(msgspec.json.encode(body), type=Asked)
    assert msgspec.json.decode(b'{"since": "2999-12-31T23:59:59.999999+00:00"}', type=Asked).until is None


@pytest.mark.parametrize(("pattern", "good"), [(bounds.LINE, "Acme"), (bounds.ID, ""), (r"^[a-z]+" + bounds.END, "a")])
def test_a_line_does_not_end_with_a_line_break(pattern, good):
    assert re.search(pattern, good)
    assert not re.search(pattern, f"{good}\n")
