"""Whether an answer has the shape that a schema of OpenAPI 3.0 says, as Stripe writes its own."""

import re

SIMPLE = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "object": dict,
    "array": list,
    "number": (int, float),
}


class Published:
    """Stripe's description: what each address answers, and every object by its name."""

    def __init__(self, document):
        self.document = document
        self.version = document["info"]["version"]
        self.schemas = document["components"]["schemas"]
        # Addresses without parameters first: /v1/invoices/create_preview is no invoice.
        self._paths = [
            (re.compile(re.sub(r"{\w+}", "[^/]+", path)), methods)
            for path, methods in sorted(document["paths"].items(), key=lambda one: one[0].count("{"))
        ]

    def answer_of(self, method, path):
        """The schema of a success; None for an address that is not published."""
        for pattern, methods in self._paths:
            if pattern.fullmatch(path) and method.lower() in methods:
                return methods[method.lower()]["responses"]["200"]["content"]["application/json"]["schema"]
        return None

    def faults(self, value, schema, where=""):
        """What is wrong, as sentences that begin with where; nothing where all is as it is published."""
        if reference := schema.get("$ref"):
            return self.faults(value, self.schemas[reference.rsplit("/", 1)[1]], where)
        if value is None:
            return [] if schema.get("nullable") else [f"{where} is null"]
        if choices := schema.get("anyOf"):
            tried = [self.faults(value, choice, where) for choice in choices]
            return min(tried, key=len) if all(tried) else []
        kind = SIMPLE.get(schema.get("type", "object"), object)
        if not isinstance(value, kind) or (isinstance(value, bool) and schema.get("type") in {"integer", "number"}):
            return [f"{where} is {type(value).__name__}, not {schema.get('type')}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{where} is {value!r}, none of those published"]
        if isinstance(value, list):
            return [
                fault
                for place, one in enumerate(value)
                for fault in self.faults(one, schema["items"], f"{where}[{place}]")
            ]
        return self._of_object(value, schema, where) if isinstance(value, dict) else []

    def _of_object(self, value, schema, where):
        known = schema.get("properties", {})
        found = [f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value]
        more = schema.get("additionalProperties")
        for name, one in value.items():
            if name in known:
                found += self.faults(one, known[name], f"{where}.{name}")
            elif isinstance(more, dict):
                found += self.faults(one, more, f"{where}.{name}")
            elif known and not more:
                found.append(f"{where}.{name} is not published")
        return found
