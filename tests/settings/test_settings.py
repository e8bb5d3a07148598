"""Settings that fail closed: what does not start, what is told, and that nothing secret is told with it."""

import ast
import hashlib
import inspect
import re
import secrets
from itertools import pairwise
from urllib.parse import unquote, unquote_plus

import pytest

from realstaging.fail_closed import problems, require
from realstaging.kit.addresses import is_address, is_loopback
from realstaging.kit.keyring import KeyRing, weakness
from realstaging.runtime.logs import Veil
from realstaging.settings import ADDRESSES, DEVELOPMENT_KEY, SECRETS, BadSettings, Settings, read

# Not random: pytest-xdist's processes must give the cases below the same names.
KEY = hashlib.sha256(b"a key for tests").hexdigest()
HERE = {
    "DATABASE_URL": "postgresql://me:hush-hush-1@127.0.0.1:5432/db",
    "REDIS_URL": "redis://localhost:6379/0",
    "STORAGE_URL": "file:///var/lib/realstaging",
    "OIDC_ISSUER": "http://localhost:8001",
}
PRODUCTION = {
    "ENVIRONMENT": "production",
    "HOST": "0.0.0.0",
    "DATABASE_URL": "postgresql://me:hush-hush-1@db.internal:5432/db?sslmode=verify-full",
    "REDIS_URL": "rediss://:hush-hush-2@cache.internal:6379/0",
    "STORAGE_URL": "s3://bucket?endpoint=https://s3.eu-central-003.backblazeb2.com&access_key=hush-hush-3&secret_key=hush-hush-4",
    "PUBLIC_URL": "https://app.example.com",
    "OIDC_ISSUER": "https://tenant.eu.auth0.com/",
    "SECRET_KEY": KEY,
    "REPLICATE_API_TOKEN": "r8_hush-hush-5",
    "REPLICATE_WEBHOOK_SECRET": "whsec_aHVzaC1odXNoLTYtYW5kLXNvLW9uLWFuZC1z",
    "MAIL_URL": "smtp://me%40x:hush-hush-7@smtp.example.com:587",
    "MAIL_FROM": "Real Staging <hello@mail.example.com>",
    "MAIL_REPLY_TO": "help@example.com",
    "POSTMARK_WEBHOOK_SECRET": "hush-hush-8-and-so-on-and-so-on",
    "RESEND_WEBHOOK_SECRET": "whsec_aHVzaC1odXNoLTktYW5kLXNvLW9uLWFuZC1z",
    "STRIPE_SECRET_KEY": "rk_live_hushhush10andsoon",
    "STRIPE_WEBHOOK_SECRET": "whsec_hushhush11andsoon",
}


def told(environment, **changed):
    return problems(read({**environment, **changed}))


def test_an_address_of_a_host_with_words_for_other_programs_is_told():
    """As Neon shows it: the driver would hand them to the server, which refuses every connection."""
    address = HERE["DATABASE_URL"] + "?sslmode=require&channel_binding=require&connect_timeout="
    [told] = problems(read(HERE | {"DATABASE_URL": address}))
    assert "channel_binding, connect_timeout" in told
    assert problems(read(HERE | {"DATABASE_URL": HERE["DATABASE_URL"] + "?sslmode=prefer&application_name=x"})) == []


def test_this_machine_alone_needs_no_word():
    assert told(HERE) == []


def test_production_as_it_should_be_starts():
    assert told(PRODUCTION) == []


@pytest.mark.parametrize(
    "sign",
    [
        {"HOST": "0.0.0.0"},
        {"HOST": "::"},
        {"HOST": "192.168.1.20"},
        {"PUBLIC_URL": "https://app.example.com"},
        {"PUBLIC_URL": "http://192.168.1.20:8000"},
        {"PUBLIC_URL": "https://localhost"},
        {"OIDC_ISSUER": "https://tenant.eu.auth0.com/"},
        {"OIDC_ISSUER": "http://sign-in.internal/"},
        {"DATABASE_URL": "postgresql://me:x@db.internal/db"},
        {"REDIS_URL": "rediss://cache.internal:6379/0"},
        {"MAIL_URL": "smtp://smtp.example.com", "MAIL_FROM": "a@example.com"},
        {"MAIL_URL": "smtps://localhost", "MAIL_FROM": "a@example.com"},
        {"STRIPE_SECRET_KEY": "sk_live_abcdefgh"},
        {"STORAGE_URL": "s3://bucket?access_key=a&secret_key=b"},
        {"STORAGE_URL": "s3://bucket?endpoint=http://minio:9000&access_key=a&secret_key=b"},
    ],
    ids=str,
)
def test_without_environment_any_sign_of_production_keeps_it_from_starting(sign):
    [problem] = [problem for problem in told(HERE, **sign) if "ENVIRONMENT is not set" in problem]
    assert next(iter(sign)) in problem
    with pytest.raises(BadSettings):
        require(read({**HERE, **sign}))
    assert told(HERE, ENVIRONMENT="development", SECRET_KEY=secrets.token_hex(32), **sign) == []


def test_a_key_that_everybody_knows_never_meets_a_network():
    [problem] = told(HERE, ENVIRONMENT="development", HOST="0.0.0.0")
    assert "SECRET_KEY" in problem
    [problem] = told(HERE, ENVIRONMENT="development", HOST="0.0.0.0", SECRET_KEY=DEVELOPMENT_KEY)
    assert "SECRET_KEY" in problem


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"PUBLIC_URL": "http://app.example.com"}, "PUBLIC_URL"),
        ({"OIDC_ISSUER": "http://tenant.eu.auth0.com/"}, "OIDC_ISSUER"),
        ({"STORAGE_URL": "s3://b?endpoint=http://minio:9000&access_key=aaaaaa&secret_key=bbbbbb"}, "STORAGE_URL"),
        (
            {
                "STORAGE_URL": "s3://b?endpoint=https://m&public_endpoint=http://files.example.com&access_key=a&secret_key=b"
            },
            "STORAGE_URL",
        ),
        ({"REPLICATE_API_URL": "http://api.replicate.com/v1"}, "REPLICATE_API_URL"),
        ({"REPLICATE_API_URL": "https://replicate.example.com/v1"}, "REPLICATE_API_URL"),
        ({"REPLICATE_API_URL": "https://api.replicate.com@evil.example/v1"}, "REPLICATE_API_URL"),
        ({"REPLICATE_API_URL": "https://api.replicate.com.evil.example/v1"}, "REPLICATE_API_URL"),
        ({"REPLICATE_OUTPUT_HOSTS": "replicate.delivery,10.0.0.7"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"REPLICATE_OUTPUT_HOSTS": "169.254.169.254"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"REPLICATE_OUTPUT_HOSTS": "https://[::1]:9000"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"REPLICATE_OUTPUT_HOSTS": "0x7f.1"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"REPLICATE_OUTPUT_HOSTS": "2130706433"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"REPLICATE_OUTPUT_HOSTS": "http://replicate.delivery"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"REPLICATE_OUTPUT_HOSTS": "delivery"}, "REPLICATE_OUTPUT_HOSTS"),
        ({"MAIL_URL": "smtp://me:hush-hush-7@smtp.example.com:25?tls=none"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://127.0.0.1:1025?tls=none"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://localhost:1025"}, "MAIL_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "somebody of ours"}, "MAIL_FROM"),
        ({"MAIL_REPLY_TO": "nobody at all"}, "MAIL_REPLY_TO"),
        ({"POSTMARK_WEBHOOK_SECRET": "short"}, "POSTMARK_WEBHOOK_SECRET"),
        ({"RESEND_WEBHOOK_SECRET": "whsec_?????"}, "RESEND_WEBHOOK_SECRET"),
        *(
            ({f"{provider}_WEBHOOK_SECRET": secret}, f"{provider}_WEBHOOK_SECRET")
            for provider in ("REPLICATE", "RESEND")
            for secret in ("whsec_", "whsec_?????", "whsec_dG9vIHNob3J0")
        ),
        ({"SES_TOPIC_ARN": "arn:aws:sns:evil.example:1:x"}, "SES_TOPIC_ARN"),
        ({"BACKUP_STORAGE_URL": "s3://b2?endpoint=https://b2&access_key=aaaaaaa&secret_key=bbbbbbb"}, "BACKUP_KEY"),
        ({"BACKUP_KEY": "short-key"}, "BACKUP_KEY"),
        ({"BACKUP_KEY": PRODUCTION["SECRET_KEY"]}, "BACKUP_KEY"),
        ({"BACKUP_STORAGE_URL": PRODUCTION["STORAGE_URL"], "BACKUP_KEY": KEY[::-1]}, "BACKUP_STORAGE_URL"),
        (
            {
                "BACKUP_STORAGE_URL": "s3://b2?endpoint=http://b2.example.com&access_key=a&secret_key=b",
                "BACKUP_KEY": KEY[::-1],
            },
            "BACKUP_STORAGE_URL",
        ),
        ({"SECURITY_CONTACT": "security@example.com"}, "SECURITY_CONTACT"),
        ({"STRIPE_SECRET_KEY": "sk_test_abcdefgh"}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_SECRET_KEY": "pk_live_abcdefgh"}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_SECRET_KEY": ""}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_WEBHOOK_SECRET": "secret-of-mine"}, "STRIPE_WEBHOOK_SECRET"),
        (
            {"STRIPE_URL": "https://pay.example.com", "STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": ""},
            "STRIPE_URL",
        ),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "abc"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"SECRET_KEY": "abcdefgh" * 8}, "SECRET_KEY"),
        ({"SECRET_KEY": "changeme-" + KEY}, "SECRET_KEY"),
        ({"SECRET_KEY_PREVIOUS": "short"}, "SECRET_KEY_PREVIOUS"),
        ({"SECRET_KEY_PREVIOUS": PRODUCTION["SECRET_KEY"]}, "SECRET_KEY_PREVIOUS"),
    ],
    ids=str,
)
def test_production_refuses(changed, name):
    found = told(PRODUCTION, **changed)
    assert any(name in problem for problem in found)
    assert not any(value in problem for problem in found for value in changed.values() if len(value) > 6)


def test_a_live_key_is_given_to_no_stand_in():
    real = {"ENVIRONMENT": "development", "STRIPE_SECRET_KEY": "sk_live_abcdefgh"}
    assert told(HERE, **real) == []
    [problem] = told(HERE, **real, STRIPE_URL="http://localhost:8002")
    assert problem.startswith("STRIPE_URL")


def test_a_host_in_the_list_may_be_spoken_to_without_tls():
    plain = {
        "STORAGE_URL": "s3://b?endpoint=http://minio:9000&access_key=aaaaaa&secret_key=bbbbbb",
        "OIDC_ISSUER": "http://sign-in:8080/",
        "REPLICATE_API_URL": "http://stand-in:9/v1",
        "REPLICATE_OUTPUT_HOSTS": "http://stand-in:9",
        "MAIL_URL": "smtp://relay:25?tls=none",
    }
    assert len(told(PRODUCTION, **plain)) == 6
    assert told(PRODUCTION, **plain, PLAIN_HOSTS="minio, sign-in,stand-in,relay") == []
    assert told(PRODUCTION, **plain, PLAIN_HOSTS="minio.example.com") != []


@pytest.mark.parametrize(
    "broken",
    [
        {"ENVIRONMENT": "prod"},
        {"ENVIRONMENT": "Production "},
        {"PORT": "hush-hush"},
        {"PORT": "70000"},
        {"PORT": "9" * 400},
        {"DATABASE_CONNECTIONS": "0"},
        {"WAITING_JOBS": "1e9"},
        {"LOG_LEVEL": "hush-hush"},
        {"DATABASE_URL": "postgresql://me:hush/hush@db/x"},
        {"DATABASE_URL": "hush-hush"},
        {"REDIS_URL": "redis://:hush#hush@cache:6379"},
        {"MAIL_URL": "smtp://me:hush/hush@smtp.example.com"},
        {"MAIL_URL": "https://hush-hush@smtp.example.com"},
        {"MAIL_URL": "smtp://smtp.example.com?password=hush-hush"},
        {"OIDC_ISSUER": "https://[hush"},
        {"STORAGE_URL": "bucket?secret_key=hush-hush"},
        {"STORAGE_URL": "s3://?secret_key=hush-hush"},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_named_and_not_repeated(broken):
    with pytest.raises(BadSettings) as refused:
        read({**HERE, **broken})
    [(name, value)] = broken.items()
    assert name in refused.value.message
    assert "hush" not in refused.value.message
    assert name == "ENVIRONMENT" or value not in refused.value.message


def test_every_problem_is_told_at_once():
    with pytest.raises(BadSettings) as refused:
        read({"PORT": "x", "LOG_LEVEL": "loud", "ENVIRONMENT": "prod"})
    assert len(refused.value.problems) == 3


def test_secrets_are_hidden_in_texts_and_in_what_stands_for_the_settings():
    chosen = read({**PRODUCTION, "REDIS_URL": "rediss://:hush%2Fhush-2@cache.internal:6379/0"})
    told_of = {**PRODUCTION, "REDIS_URL": "rediss://:hush%2Fhush-2@cache.internal:6379/0"}
    text = " ".join([*told_of.values(), "hush/hush-2"])
    assert "hush" in text
    assert "hush" not in chosen.hide(text)
    assert PRODUCTION["SECRET_KEY"] not in chosen.hide(text)
    assert not any(value in repr(chosen) for value in PRODUCTION.values() if value != "production")
    assert PRODUCTION["SECRET_KEY"] not in repr(chosen.keys)


NAMED_SECRET = re.compile(r"token|secret|key|password|credential", re.IGNORECASE)
ADDRESS = re.compile(r"://|_(url|dsn|endpoint|issuer|hosts)$", re.IGNORECASE)
NO_ADDRESS = {
    "oidc_audience": "an identifier, which every token repeats",
    "plain_hosts": "names alone",
    "security_contact": "it is told to everybody",
}


def sentences():
    """Every setting with its sentence."""
    body = ast.parse(inspect.getsource(Settings)).body[0].body
    return {
        field.target.id: f"{ast.unparse(field.value)} {told.value.value}"
        for field, told in pairwise(body)
        if isinstance(field, ast.AnnAssign)
    }


def test_every_setting_that_is_named_like_a_secret_is_one():
    told = sentences()
    assert told.keys() == set(Settings.__struct_fields__)
    assert {name for name in told if NAMED_SECRET.search(name)} == set(SECRETS)


def test_a_secret_of_any_setting_is_in_no_line_and_no_error():
    addresses = {name for name, said in sentences().items() if ADDRESS.search(name) or ADDRESS.search(said)}
    addresses -= NO_ADDRESS.keys() | {*SECRETS}
    assert {*ADDRESSES, "storage_url", "backup_storage_url", "replicate_output_hosts"} == addresses
    for name in addresses:
        given = (
            "s3://me:hush-hush-1@bucket/x?access_key=hush%2Fhush-2&secret_key=hush+hush-3&session_token=hush-hush-4"
            if name in {"storage_url", "backup_storage_url"}
            else "https://me:hush%23hush-1@x.example/y?password=hush%2Fhush-2&token=hush+hush-3&apiKey=hush-hush-4"
        )
        hidden(Settings(**{name: given}), given, name)
    for name in SECRETS:
        hidden(Settings(**{name: "hush-hush-hush"}), "Bearer hush-hush-hush", name)


def hidden(settings, given, name):
    meant = unquote_plus(given)
    assert "hush" not in settings.hide(f"{given} {unquote(given)} {meant}"), name
    veil = Veil(settings.secrets())
    assert "hush" not in veil.over({"error": ValueError(given), "more": [meant]})["error"], name
    assert "hush" not in str(veil.over([meant, {"x": given}])), name
    assert "hush" not in repr(settings), name
    assert "hush" not in " ".join(problems(settings)), name


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "::1", "[::1]", "10.1", "0x7f000001", "2130706433", "1.2.3.0x4", "fe80::1"]
)
def test_a_number_is_an_address_however_it_is_written(name):
    assert is_address(name)


def test_names_and_machines():
    assert not any(is_address(name) for name in ("replicate.delivery", "a.b1", "7up.example", "xn--x.de"))
    assert all(is_loopback(name) for name in ("localhost", "a.localhost", "127.9.9.9", "::1"))
    assert not any(is_loopback(name) for name in ("localhost.example.com", "0.0.0.0", "::", "10.0.0.1", ""))


def test_random_keys_pass_and_keys_of_a_ring_differ_by_purpose():
    assert all(
        weakness(make(size)) is None for make in (secrets.token_hex, secrets.token_urlsafe) for size in [32] * 200
    )
    ring = KeyRing("one", "two")
    assert len({*ring.keys("links"), *ring.keys("secrets")}) == 4
    assert ring.keys("links")[1] == KeyRing("two").keys("links")[0]


def test_settings_made_in_code_need_no_environment():
    assert Settings().environment == ""


def test_a_setting_is_read_by_its_name_of_the_release_before():
    assert read({"ADMIN_SUBJECTS": "a, b"}).operators == {"a", "b"}
    assert read({"ADMIN_SUBJECTS": "a", "OPERATOR_SUBJECTS": "b"}).operators == {"b"}
