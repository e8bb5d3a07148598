"""What is wrong with a Render Blueprint: Render's own rules (`render_rules.toml`), and what this program needs of one."""

import re
import shlex
import tomllib
from pathlib import Path

import msgspec

from realstaging.settings import BadSettings, Settings, read

RULES = tomllib.loads((Path(__file__).parent / "render_rules.toml").read_text())
SERVERS = ("web", "pserv", "worker", "cron")
COMMANDS = {"web": "realstaging api", "worker": "realstaging worker"}
# For the build, not for the program: which image of the Dockerfile is made.
BUILD_ARGUMENTS = {"IMAGE": {"api", "worker"}}
# What has a default that serves one machine only.
NEEDED = {
    "web": {"ENVIRONMENT", "DATABASE_URL", "REDIS_URL", "STORAGE_URL", "PUBLIC_URL", "SECRET_KEY", "HOST", "PORT", "TRUSTED_PROXIES",
            "OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_CLIENT_ID", "METRICS_TOKEN", "MAIL_URL", "MAIL_FROM"},
    "worker": {"ENVIRONMENT", "DATABASE_URL", "REDIS_URL", "STORAGE_URL", "PUBLIC_URL", "SECRET_KEY", "OIDC_ISSUER", "MAIL_URL", "MAIL_FROM"},
}  # fmt: skip
SECRETS = {"SECRET_KEY", "METRICS_TOKEN", "STORAGE_URL", "DATABASE_URL", "REDIS_URL", "REPLICATE_API_TOKEN", "MAIL_URL",
           "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "BACKUP_STORAGE_URL", "BACKUP_KEY"}  # fmt: skip
SMALLEST_WORKER_MB = 4000
# What PostgreSQL keeps for its superusers (superuser_reserved_connections); below 8 GB of memory Render gives 100 in all.
CONNECTIONS, KEPT_BACK = 100, 3


def mistakes(blueprint):
    """Every mistake in a parsed Blueprint, as sentences; none where it will work at first push."""
    if not isinstance(blueprint, dict):
        return ["a Blueprint is a mapping"]
    found = _unknown("the root", blueprint, RULES["root"])
    previews = blueprint.get("previews", {})
    found += _unknown("previews", previews, RULES["preview_fields"])
    found += _one_of("previews", previews, "generation", RULES["previews"])
    services, databases = blueprint.get("services", []), blueprint.get("databases", [])
    names = [part.get("name") for part in (*services, *databases)]
    found += [f"two parts are called {name}" for name in set(names) if names.count(name) > 1]
    regions = {part.get("region", "oregon") for part in (*services, *databases)}
    if len(regions) > 1:
        found.append(f"parts in different regions do not reach each other privately: {', '.join(sorted(regions))}")
    for service in services:
        found += _service(service, blueprint)
    for database in databases:
        found += _database(database)
    for group in blueprint.get("envVarGroups", []):
        for variable in group.get("envVars", []):
            found += _variable(f"group {group.get('name')}", variable, blueprint)
            if variable.get("sync") is False or {"fromDatabase", "fromService", "fromGroup"} & variable.keys():
                found.append(
                    f"group {group.get('name')}: {variable.get('key')} cannot be asked for or wired in a group"
                )
    return found + _set(blueprint)


def _service(service, blueprint):
    kind, name = service.get("type"), service.get("name", "a service without a name")
    found = [] if "name" in service else ["a service has no name"]
    if kind == "keyvalue":
        return found + _keyvalue(name, service)
    if kind not in SERVERS:
        return [*found, f"{name}: type {kind!r} is no type of a service"]
    found += _unknown(name, service, [*RULES["fields"]["server"], *RULES["fields"].get(f"{kind}_only", [])])
    found += _one_of(name, service, "runtime", RULES["runtimes"], needed=True)
    found += _one_of(name, service, "region", RULES["regions"])
    found += _one_of(name, service, "plan", RULES["plans"][kind])
    found += _one_of(name, service, "autoDeployTrigger", RULES["triggers"])
    found += _scaling(name, service) + _schedule(name, kind, service)
    delay = service.get("maxShutdownDelaySeconds", 30)
    if not (isinstance(delay, int) and 1 <= delay <= 300):
        found.append(f"{name}: maxShutdownDelaySeconds is 1 to 300")
    if "buildFilter" not in service:
        found.append(f"{name}: without a buildFilter, those set by hand are taken away")
    found += _unknown(f"{name}: buildFilter", service.get("buildFilter", {}), RULES["fields"]["build_filter"])
    if "disk" in service:
        found.append(
            f"{name}: a disk allows one instance and stops deploys without a pause; files belong into the bucket"
        )
    keys = [variable.get("key") for variable in service.get("envVars", []) if "key" in variable]
    found += [f"{name}: {key} is given twice" for key in set(keys) if keys.count(key) > 1]
    for variable in service.get("envVars", []):
        found += _variable(name, variable, blueprint)
    return found + _program(name, kind, service, blueprint)


def _scaling(name, service):
    if "scaling" not in service:
        return []
    scaling = service["scaling"] or {}
    found = _unknown(f"{name}: scaling", scaling, RULES["fields"]["scaling"])
    least, most = scaling.get("minInstances"), scaling.get("maxInstances")
    if not (isinstance(least, int) and isinstance(most, int) and 1 <= least <= most <= 100):
        found.append(f"{name}: scaling needs minInstances and maxInstances, 1 to 100, the second no smaller")
    targets = [scaling[key] for key in ("targetCPUPercent", "targetMemoryPercent") if key in scaling]
    if not targets or not all(isinstance(target, int) and 1 <= target <= 90 for target in targets):
        found.append(f"{name}: scaling needs a target of 1 to 90 percent")
    return found


def _schedule(name, kind, service):
    if kind != "cron":
        return []
    words = str(service.get("schedule", "")).split()
    found = (
        []
        if len(words) == 5 and all(re.fullmatch(r"[\d*/,-]+", word) for word in words)
        else [f"{name}: schedule is five fields of cron"]
    )
    if service.get("dockerCommand") == "realstaging operate backup":
        missing = {"BACKUP_STORAGE_URL", "BACKUP_KEY"} - {
            variable.get("key") for variable in service.get("envVars", [])
        }
        found += [f"{name}: {key} missing" for key in sorted(missing)]
    return found


def _keyvalue(name, service):
    found = _unknown(name, service, RULES["fields"]["keyvalue"])
    found += _one_of(name, service, "region", RULES["regions"])
    found += _one_of(name, service, "plan", RULES["plans"]["keyvalue"])
    found += _one_of(name, service, "persistenceMode", RULES["persistence"])
    found += _one_of(name, service, "maxmemoryPolicy", RULES["eviction_policies"])
    if service.get("maxmemoryPolicy") != "noeviction":
        found.append(f"{name}: maxmemoryPolicy must be noeviction, or jobs are thrown away")
    return found + _closed(name, service)


def _database(database):
    name = database.get("name", "a database without a name")
    found = _unknown(name, database, RULES["fields"]["database"])
    found += _one_of(name, database, "region", RULES["regions"])
    found += _one_of(name, database, "plan", RULES["plans"]["postgres"])
    found += _one_of(name, database, "postgresMajorVersion", RULES["postgres_versions"])
    if database.get("postgresMajorVersion") != "18":
        found.append(f"{name}: postgresMajorVersion is for ever; it must be the text '18'")
    size = database.get("diskSizeGB", 1)
    if not (isinstance(size, int) and (size == 1 or (size > 0 and size % 5 == 0))):
        found.append(f"{name}: diskSizeGB is 1 or a multiple of 5")
    if database.get("readReplicas") == []:
        found.append(f"{name}: an empty readReplicas destroys those there are")
    return found + _closed(name, database)


def _closed(name, part):
    if "ipAllowList" not in part:
        return [f"{name}: without an ipAllowList it is open to the world, or refused"]
    return (
        []
        if part["ipAllowList"] == []
        else [f"{name}: its ipAllowList lets others in; the services come by the private network"]
    )


def _variable(where, variable, blueprint):
    key = variable.get("key")
    found = _unknown(f"{where}: {key}", variable, RULES["fields"]["variable"])
    if "fromGroup" in variable:
        groups = {group.get("name") for group in blueprint.get("envVarGroups", [])}
        if variable.keys() != {"fromGroup"}:
            found.append(f"{where}: fromGroup stands alone")
        return (
            found
            if variable["fromGroup"] in groups
            else [*found, f"{where}: there is no group {variable['fromGroup']}"]
        )
    ways = {"value", "generateValue", "sync", "fromDatabase", "fromService"} & variable.keys()
    if len(ways) != 1:
        found.append(f"{where}: {key} needs one of value, generateValue, sync, fromDatabase, fromService")
    if "value" in variable and not isinstance(variable["value"], str):
        found.append(f"{where}: the value of {key} must be text: quote it")
    if variable.get("sync") not in (None, False) or variable.get("generateValue") not in (None, True):
        found.append(f"{where}: {key}: it is sync: false and generateValue: true")
    if "$" in str(variable.get("value", "")):
        found.append(f"{where}: {key}: nothing is put into a value")
    found += _wired(where, key, variable, blueprint)
    if key not in BUILD_ARGUMENTS and str(key).lower() not in Settings.__struct_fields__:
        found.append(f"{where}: {key} is no setting of this program")
    elif "value" in variable and isinstance(variable["value"], str):
        found += _readable(where, key, variable["value"])
    if key in SECRETS and "value" in variable:
        found.append(f"{where}: {key} is a secret: never in a file of the repository")
    return found


def _wired(where, key, variable, blueprint):
    if source := variable.get("fromDatabase"):
        if source.get("name") not in {database.get("name") for database in blueprint.get("databases", [])}:
            return [f"{where}: {key}: there is no database {source.get('name')}"]
        if source.get("property") not in RULES["fields"]["from_database"]:
            return [f"{where}: {key}: a database has no {source.get('property')}"]
        if source["property"] == "connectionPoolString":
            return [f"{where}: {key}: migrations hold a session's lock: take connectionString"]
    if source := variable.get("fromService"):
        [other] = [
            service
            for service in blueprint.get("services", [])
            if service.get("name") == source.get("name") and service.get("type") == source.get("type")
        ] or [None]
        if other is None:
            return [f"{where}: {key}: there is no {source.get('type')} {source.get('name')}"]
        if ("property" in source) == ("envVarKey" in source):
            return [f"{where}: {key}: needs a property or an envVarKey"]
        if "property" in source and source["property"] not in RULES["fields"]["from_service"]:
            return [f"{where}: {key}: a service has no {source['property']}"]
        if "envVarKey" in source and source["envVarKey"] not in {v.get("key") for v in other.get("envVars", [])}:
            return [f"{where}: {key}: {source['name']} has no {source['envVarKey']}"]
    return []


def _readable(where, key, value):
    if key in BUILD_ARGUMENTS:
        return (
            [] if value in BUILD_ARGUMENTS[key] else [f"{where}: {key} is {' or '.join(sorted(BUILD_ARGUMENTS[key]))}"]
        )
    try:
        read({key: value})
    except BadSettings as error:
        return [f"{where}: {key}: {error}"]
    return []


def _program(name, kind, service, blueprint):
    """What our two processes need of a service."""
    if kind not in COMMANDS:
        return []
    found = []
    if service.get("runtime") != "docker":
        found.append(f"{name}: the program comes as a Docker image")
    if service.get("dockerfilePath") != "./Dockerfile":
        found.append(f"{name}: the Dockerfile is ./Dockerfile")
    if service.get("dockerCommand") != COMMANDS[kind]:
        found.append(f"{name}: dockerCommand is {COMMANDS[kind]}")
    given = values(service, blueprint)
    if missing := NEEDED[kind] - given.keys():
        found.append(f"{name}: {', '.join(sorted(missing))} missing")
    if given.get("ENVIRONMENT") != "production":
        found.append(f"{name}: ENVIRONMENT is production")
    if kind == "web":
        found += _web(name, service, given)
    elif _megabytes(service.get("plan", "")) < SMALLEST_WORKER_MB:
        found.append(f"{name}: a worker that renders needs 4 GB of memory")
    return found


def _web(name, service, given):
    found = []
    if shlex.split(service.get("preDeployCommand", "")) != ["realstaging", "migrate"]:
        found.append(f"{name}: preDeployCommand migrates")
    if service.get("healthCheckPath") != "/api/v1/health/live":
        found.append(
            f"{name}: healthCheckPath is /api/v1/health/live; `ready` would restart all for a bucket's trouble"
        )
    if given.get("HOST") != "0.0.0.0":
        found.append(f"{name}: HOST is 0.0.0.0, or no deploy ever becomes healthy")
    if str(given.get("PORT")).isdigit() and int(given["PORT"]) in RULES["reserved_ports"]:
        found.append(f"{name}: port {given['PORT']} is Render's own")
    return found


def values(service, blueprint):
    """A service's variables with its groups': the value, or how it comes about."""
    groups = {group.get("name"): group.get("envVars", []) for group in blueprint.get("envVarGroups", [])}
    found = {}
    for variable in service.get("envVars", []):
        for one in groups.get(variable.get("fromGroup"), []) if "fromGroup" in variable else [variable]:
            found[one.get("key")] = one.get("value", msgspec.json.encode(one).decode())
    return found


def _set(blueprint):
    """What holds for all of them together."""
    services = blueprint.get("services", [])
    kinds = [service.get("type") for service in services]
    found = [f"there is no {kind}" for kind in ("web", "worker", "keyvalue") if kind not in kinds]
    if not blueprint.get("databases"):
        found.append("there is no database")
    needed = 0
    for service in services:
        if service.get("type") in COMMANDS:
            most = (service.get("scaling") or {}).get("maxInstances") or service.get("numInstances", 1)
            each = values(service, blueprint).get("DATABASE_CONNECTIONS", str(Settings().database_connections))
            needed += 2 * int(most) * int(each) if str(each).isdigit() else 0
        if "DATABASE_URL" in (given := values(service, blueprint)) and "pool" in given["DATABASE_URL"].lower():
            found.append("DATABASE_URL is the direct one")
    if needed > CONNECTIONS - KEPT_BACK:
        found.append(f"a rolling deploy opens {needed} connections, and the database takes {CONNECTIONS - KEPT_BACK}")
    return found


def _megabytes(plan):
    size = plan.rpartition("-")[2]
    number = size.rstrip("mbg")
    return (float(number) * (1 if size.endswith("mb") else 1000)) if number.replace(".", "").isdigit() else 0


def _unknown(where, part, known):
    if not isinstance(part, dict):
        return [f"{where}: must be a mapping"]
    return [f"{where}: {field!r} is unknown" for field in part if field not in known]


def _one_of(where, part, field, choices, *, needed=False):
    if field not in part:
        return [f"{where}: {field} is missing"] if needed else []
    # Without quotes, `off` is false and 18 a number in YAML 1.1.
    return (
        []
        if part[field] in choices and isinstance(part[field], str)
        else [f"{where}: {field} {part[field]!r} is none of {', '.join(choices)}"]
    )
