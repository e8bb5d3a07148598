# `make` lists what there is. Everything else is in pyproject.toml and package.json.
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.uv/bin:$(PATH)
# Images of containers often set it; here hundreds of processes would compile each module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup dev test test-long check fix bench load gallery verdicts faults chaos fuzz contract wheel image scan changelog client clean
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: ## install everything the commands below need (they call it themselves)
	@scripts/setup

dev: setup ## the whole product on this machine: one address, no account
	@uv run --no-sync realstaging dev

test: setup ## the tests, on real PostgreSQL, Valkey, S3 and Chromium
	@scripts/test -m "not long"
	@[ ! -f web/package.json ] || npm --prefix web test --silent

test-long: setup ## the tests that take longer: every step to be killed at, every piece of furniture
	@scripts/test -m long

check: setup ## what review asks: format, lint, types, ranks, generated files
	@scripts/check

fix: setup ## repair what can be repaired
	@uv run --no-sync ruff check --fix --quiet . ; uv run --no-sync ruff format --quiet . ; uv run --no-sync python scripts/references

bench: setup ## figures and budgets of docs/reference/performance.md
	@uv run --no-sync python -m benchmarks

load: setup ## more and more people at once, until the service saturates; writes docs/reference/load.md: make load USERS=2000 SECONDS=30
	@uv run --no-sync python -m benchmarks.load $(if $(USERS),--users $(USERS)) $(if $(SECONDS),--seconds $(SECONDS))

gallery: setup ## photos and their stagings on one page: make gallery PHOTOS=folder OUT=folder ROOMS=living_room,bedroom STYLES=modern
	@uv run --no-sync python -m harness.gallery $(PHOTOS) --rooms $(or $(ROOMS),living_room) --styles $(or $(STYLES),modern) -o $(OUT)

verdicts: setup ## whether verdicts hold when photos are mirrored, cropped, turned, lighter, darker: make verdicts PHOTOS=folder
	@uv run --no-sync python -m benchmarks.verdicts $(PHOTOS)

faults: setup ## every fault of a provider, every step to be killed at, a thousand stagings under a mixture, ten thousand histories of money and of buyers; takes most of three hours
	@uv run --no-sync python -m tests.faults.table

chaos: setup ## what the service stands on fails, part after part, under load: which alerts go off, what is left of the work; takes most of an hour
	@scripts/faketime
	@uv run --no-sync python -m tests.faults.chaos

fuzz: setup ## 100,000 hostile requests and 10,000 mutated pictures; takes most of an hour
	@uv run --no-sync python -m tests.fuzz $(REQUESTS) $(PICTURES)

contract: setup ## our requests to Stripe and the sandbox's answers against Stripe's published schema (needs Go)
	@uv run --no-sync python -m tests.stripe.contract

wheel: setup ## the installable program, into dist/
	@uv run --no-sync python scripts/wheel

image: setup ## both images of the Dockerfile, built and tried without a registry; as root
	@scripts/image

scan: setup ## known holes in the packages we use
	@scripts/scan

changelog: setup ## CHANGELOG.md from the commits; with VERSION=1.2.3 the API's changes become that release's
	@uv run --no-sync git-cliff --output CHANGELOG.md
	@[ -z "$(VERSION)" ] || uv run --no-sync python scripts/api_changes --release $(VERSION)

client: ## write the API types of the web app and the SDKs anew
	@scripts/setup whatever-the-page
	@uv run --no-sync realstaging openapi > web/src/api/openapi.json && npm --prefix web run --silent generate
	@uv run --no-sync python scripts/sdk_models && uv run --no-sync python scripts/api_changes

clean: ## forget what `make dev` kept
	@scripts/clean
