"""`render.yaml` as it is, and with mistakes in it: each is noticed."""

import base64
import secrets
from pathlib import Path

import pytest
import yaml

from realstaging.fail_closed import problems
from realstaging.kit.keyring import weakness
from realstaging.settings import Settings
from tests.deployment.render_blueprint import NEEDED, mistakes, values

TEXT = (Path(__file__).parents[2] / "render.yaml").read_text()
WEB, WORKER = "- type: web", "- type: worker"


def test_it_works_at_first_push():
    assert mistakes(yaml.safe_load(TEXT)) == []


def test_every_setting_that_production_asks_for_is_in_it():
    """By what the program itself complains of where nothing is given."""
    asked = {problem.split()[0].rstrip(":") for problem in problems(Settings(environment="production"))}
    assert {"DATABASE_URL", "REDIS_URL", "STORAGE_URL", "OIDC_ISSUER", "SECRET_KEY", "PUBLIC_URL"} <= asked
    blueprint = yaml.safe_load(TEXT)
    for service in blueprint["services"]:
        if service["type"] in NEEDED:
            assert asked <= values(service, blueprint).keys(), service["name"]


def test_what_render_generates_is_strong_enough_to_start():
    for _ in range(200):
        assert weakness(base64.b64encode(secrets.token_bytes(32)).decode()) is None


# What is written, what it was, and a word of the complaint.
MISTAKES = [
    ("an old name of a plan", "plan: 1c-2g", "plan: standard", "plan 'standard'"),
    ("a plan that does not exist", "plan: 2c-4g", "plan: 2c-4gb", "plan '2c-4gb'"),
    ("an old name of a database's plan", "plan: 0.5c-1g", "plan: basic-1gb", "plan 'basic-1gb'"),
    ("a plan of keyvalue among those of services", "plan: 256mb", "plan: 0.5c-512mb", "none of"),
    ("env for runtime", "runtime: docker", "env: docker", "'env' is unknown"),
    ("redis as a service's type", "type: keyvalue\n    name", "type: redis\n    name", "no type of a service"),
    ("a database among the services", WORKER, "- type: postgres", "no type of a service"),
    ("jobs that are thrown away", "maxmemoryPolicy: noeviction", "maxmemoryPolicy: allkeys-lru", "thrown away"),
    ("no eviction policy at all", "    maxmemoryPolicy: noeviction\n", "", "thrown away"),
    ("a keyvalue open to anyone", "    # Nobody from outside.\n    ipAllowList: []\n", "", "open to the world"),
    ("a database open to anyone", "    # Left out, the whole internet may knock.\n    ipAllowList: []\n", "", "open to the world"),
    ("a database that lets the world in", "    # Left out, the whole internet may knock.\n    ipAllowList: []\n",
     "    ipAllowList: [{ source: 0.0.0.0/0, description: all }]\n", "lets others in"),
    ("a version of PostgreSQL without quotes", 'postgresMajorVersion: "18"', "postgresMajorVersion: 18", "postgresMajorVersion 18"),
    ("an old PostgreSQL", 'postgresMajorVersion: "18"', 'postgresMajorVersion: "15"', "for ever"),
    ("a size of a disk that is none", "diskSizeGB: 15", "diskSizeGB: 12", "multiple of 5"),
    ("another region for one part", "name: realstaging-db\n    region: frankfurt", "name: realstaging-db\n    region: ohio", "different regions"),
    ("a region that is none", "region: frankfurt", "region: paris", "region 'paris'"),
    ("HOST left out", "      - key: HOST\n        value: 0.0.0.0\n", "", "HOST"),
    ("HOST of this machine alone", "value: 0.0.0.0", "value: 127.0.0.1", "ever becomes healthy"),
    ("ready for live", "health/live", "health/ready", "would restart all"),
    ("a cron that is never", 'schedule: "17 2 * * *"', 'schedule: "nightly"', "five fields of cron"),
    ("backups that nothing seals", "      - key: BACKUP_KEY\n        sync: false\n", "", "BACKUP_KEY missing"),
    ("a schedule for what always runs", "type: worker\n", 'type: worker\n    schedule: "0 3 * * *"\n', "'schedule' is unknown"),
    ("no migrations", "    preDeployCommand: realstaging migrate\n", "", "migrates"),
    ("another command before the deploy", "realstaging migrate", "realstaging migrations", "migrates"),
    ("a worker that serves", "dockerCommand: realstaging worker", "dockerCommand: realstaging api", "dockerCommand"),
    ("a setting misspelt", "key: OIDC_AUDIENCE\n        sync: false", "key: OIDC_AUDENCE\n        sync: false", "no setting"),
    ("a required setting left out", "      - key: STORAGE_URL\n        sync: false\n", "", "STORAGE_URL"),
    ("a worker that sends no mail", "envVarKey: MAIL_URL", "envVarKey: MAIL_URI", "has no MAIL_URI"),
    ("a number for a value", 'value: "8"', "value: 8", "quote it"),
    ("a value that cannot be read", 'value: "8"', 'value: "eight"', "DATABASE_CONNECTIONS"),
    ("a secret in the file", "- key: SECRET_KEY\n        generateValue: true", "- key: SECRET_KEY\n        value: hush", "never in a file"),
    ("something asked for in a group", "- key: SECRET_KEY\n        generateValue: true", "- key: SECRET_KEY\n        sync: false", "in a group"),
    ("a value that says two things", "- key: SECRET_KEY\n        generateValue: true", "- key: SECRET_KEY\n        generateValue: true\n        value: x", "needs one of"),
    ("two values put together", "value: production", "value: ${STAGE}", "nothing is put into"),
    ("a development environment", "value: production", "value: development", "ENVIRONMENT is production"),
    ("a group that is not there", "fromGroup: realstaging", "fromGroup: real-staging", "no group"),
    ("a database that is not there", "fromDatabase: { name: realstaging-db", "fromDatabase: { name: realstaging", "no database"),
    ("a service that is not there", "name: realstaging-keyvalue, property", "name: realstaging-redis, property", "no keyvalue"),
    ("a setting of a service that has none", "envVarKey: STORAGE_URL", "envVarKey: S3_URL", "has no S3_URL"),
    ("the pooled address", "realstaging-db, property: connectionString", "realstaging-db, property: connectionPoolString", "session's lock"),
    ("a property that is none", "property: connectionString }", "property: url }", "has no url"),
    ("scaling without a target", "      targetCPUPercent: 70\n", "", "needs a target"),
    ("scaling beyond what is allowed", "targetCPUPercent: 70", "targetCPUPercent: 95", "needs a target"),
    ("scaling by the queue", "targetCPUPercent: 80", "targetQueueLength: 80", "unknown"),
    ("more instances than connections", "maxInstances: 3", "maxInstances: 6", "connections"),
    ("too little memory to render in", "plan: 2c-4g", "plan: 0.5c-512mb", "4 GB"),
    ("a disk", "    maxShutdownDelaySeconds: 60\n", "    maxShutdownDelaySeconds: 60\n    disk: { name: files, mountPath: /files }\n", "bucket"),
    ("too long an end", "maxShutdownDelaySeconds: 60", "maxShutdownDelaySeconds: 600", "1 to 300"),
    ("previews switched off without quotes", 'generation: "off"', "generation: off", "generation False"),
    ("a root key that is none", "databases:", "postgres:", "unknown"),
    ("a health check on a worker", "    maxShutdownDelaySeconds: 60\n", "    maxShutdownDelaySeconds: 60\n    healthCheckPath: /health/live\n", "unknown"),
    ("a port of Render's own", 'value: "10000"', 'value: "18012"', "Render's own"),
    ("an image there is none of", "value: worker", "value: render", "IMAGE"),
    ("no build filter", "    buildFilter:\n", "    buildFilters:\n", "buildFilter"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "becomes", "told"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES]
)
def test_a_mistake_is_noticed(was, becomes, told):
    assert was in TEXT
    found = mistakes(yaml.safe_load(TEXT.replace(was, becomes)))
    assert any(told in sentence for sentence in found), found
