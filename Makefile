# Everything a person needs. `make run` and `make test` do all set-up themselves; once done, it is skipped and needs no network.
PYTHON ?= python3
PORT ?= 8000
export PYTHON PORT
# Tests choose their settings themselves.
unexport DJANGO_SETTINGS_MODULE
BIN := .venv/bin
ARGS ?=

.PHONY: help setup run demo test test-sqlite test-postgresql check lint fmt messages bench bench-national screenshots lock prepare prepare-test

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

prepare:
	@deploy/system_packages.sh run
	@$(PYTHON) deploy/prepare.py run

prepare-test:
	@deploy/system_packages.sh test
	@$(PYTHON) deploy/prepare.py test

setup: prepare ## install everything, make the secret key, the signing authority, the fonts and the database
	@$(BIN)/python manage.py setup

run: prepare ## serve on 127.0.0.1 (PORT=8000) with the embedded database and the demonstration; Ctrl-C stops
	@exec $(BIN)/python deploy/serve.py

demo: prepare ## load the demonstration into the configured database; the last line is the signed covenant's file
	@$(BIN)/python manage.py setup
	@$(BIN)/python manage.py demo

test: prepare-test ## the whole suite, on SQLite and on PostgreSQL, with the browser (ARGS="-k name")
	@$(BIN)/python deploy/run_tests.py $(ARGS)

test-sqlite: prepare-test ## part of the suite, quickly: make test-sqlite ARGS=tests/pdf
	@$(BIN)/python -m pytest -m "not browser" $(ARGS)

test-postgresql: prepare-test ## part of the suite on PostgreSQL: make test-postgresql ARGS=tests/browser
	@$(BIN)/python deploy/cluster.py $(BIN)/python -m pytest $(ARGS)

check: prepare-test lint ## what the build server runs: style, types, layers, settings, migrations, tests, coverage
	@$(BIN)/python deploy/run_tests.py --gate

# Types are checked with the settings loaded, and those want a key.
lint: export SECRET_KEY = for checks only
lint: prepare-test ## everything of `make check` but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	deploy/check_settings.sh

fmt: prepare-test ## format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: prepare-test ## gather the sentences of the interface into the English catalogue
	$(BIN)/python deploy/messages.py
	@$(PYTHON) deploy/prepare.py test

bench: prepare-test ## measure, as ratios; fails when a figure is missed
	@$(BIN)/python -m benchmarks

bench-national: prepare-test ## load the size of the whole country and compare one bloc's standings before and after (some minutes)
	@$(BIN)/python -m benchmarks.national

screenshots: prepare-test ## the pictures in the documentation
	@$(BIN)/python deploy/screenshots.py

lock: prepare-test ## write the lock files anew (ARGS=--upgrade for newer versions); needs a network
	$(BIN)/python deploy/lock.py $(ARGS)
