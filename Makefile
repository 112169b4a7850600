# The doors of the project. `make help` lists them.
# Needs GNU make and Python >= 3.11; everything else is installed into .venv from the lock files.

PYTHON  ?= python3
PORT    ?= 8000
HOST    ?= 127.0.0.1
WORKERS ?= 2
# STRICT=1: a skipped test is a failed test, and a missing server or browser is an error.
STRICT  ?=
# More arguments for pytest: make test ARGS="tests/places -k roster"
ARGS    ?=

BIN       := .venv/bin
PIP       := $(BIN)/python -m pip --disable-pip-version-check --quiet
FLASK     := $(BIN)/flask --app portal
DEMO_ENV  := env PORTAL_DEMO=yes COMMUNITY_PHONE='0971-0000 110' \
             COMMUNITY_COUNTER='不会用手机？到社区党群服务中心一楼窗口，工作人员代您办。周一至周六 8:30—17:30。' \
             COMMUNITY_COUNTER_EN='No smartphone? Staff at the counter of the community service centre, ground floor, do it for you. Monday to Saturday, 8:30–17:30.'
DEMO      := $(DEMO_ENV) $(FLASK)
# Files in their order: by the number of tests, as is the habit, one long journey would be left for the end.
PYTEST    := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(if $(STRICT),-p tests.strict)
CATALOGUE := portal/translations
TEMPLATE  := build/messages.pot

export PYTHONUTF8 := 1
.DEFAULT_GOAL := help
.PHONY: help run port-free demo database test test-sqlite test-postgresql check lint types imports templates \
        messages-check house format messages migration bench pictures lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- run -------------------------------------------------------------------------------------------

# Two servers would share a port silently and answer in turn, so a taken one is refused before anything is built.
FREE := import socket, sys; host, port = sys.argv[1:]; \
        socket.create_server((host, int(port)), family=socket.AF_INET6 if ':' in host else socket.AF_INET)

# The jobs of the clock run beside the server. The shell becomes the server, so $$$$ is its number; when it ends, in
# whatever way, they see it and end too.
run: port-free database  ## the portal with its demo community on http://127.0.0.1:8000 (PORT=, HOST=)
	@$(DEMO) demo
	@echo && echo "  http://$(HOST):$(PORT)   (Ctrl-C stops; the data stays in $(or $(PORTAL_INSTANCE),instance/))" && echo
	@$(DEMO) tick --every 60 --under $$$$ & exec $(DEMO_ENV) $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers $(WORKERS) \
	    --blocking-threads 1 --respawn-failed-workers --no-access-log wsgi:app

port-free: .venv/bin/python
	@$(BIN)/python -c "$(FREE)" '$(HOST)' '$(PORT)' 2>/dev/null || \
	    { echo "cannot listen on $(HOST):$(PORT); take another with: make run PORT=8001" >&2; exit 1; }

demo: database  ## build the demo community without serving it
	@$(DEMO) demo

database: .venv/.runtime
	@$(FLASK) db upgrade

# ---- test ------------------------------------------------------------------------------------------

test: test-sqlite test-postgresql  ## all tests, on SQLite and on PostgreSQL (STRICT=1 forbids skips)

test-sqlite: .venv/.dev  ## all tests on SQLite
	$(PYTEST) $(ARGS)

test-postgresql: .venv/.dev  ## all tests that use a database on PostgreSQL, where its server is installed
	@if $(BIN)/python -m tests.postgres; then \
	    echo "PORTAL_TEST_DATABASE=postgresql" $(PYTEST) $(ARGS); \
	    PORTAL_TEST_DATABASE=postgresql $(PYTEST) $(ARGS); \
	elif [ -n "$(STRICT)" ]; then echo "STRICT: no PostgreSQL server found" >&2; exit 1; \
	else echo "PostgreSQL: no server found, this half of the tests was left out"; fi

bench: .venv/.dev  ## measure pages, ballots and the roster; prints a table, writes bench.json
	$(BIN)/python -m tests.bench $(ARGS)

pictures: .venv/.dev  ## take the README's pictures on a journey in the demo (needs Chromium)
	$(BIN)/python -m tests.browser.pictures

# ---- check -----------------------------------------------------------------------------------------

check: lint types imports templates messages-check  ## style, types, import contract, templates, translations

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy

imports: .venv/.dev
	$(BIN)/lint-imports

templates: .venv/.dev
	$(BIN)/djlint templates --lint --quiet

messages-check: $(TEMPLATE)
	$(BIN)/pybabel --quiet update --check --ignore-obsolete --no-fuzzy-matching --omit-header \
	    -i $(TEMPLATE) -d $(CATALOGUE)

house: .venv/.dev  ## only the tests of the house: layout, permissions, pages, queries
	$(PYTEST) -q tests/house

# ---- write -----------------------------------------------------------------------------------------

format: .venv/.dev  ## let ruff put the code in order
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

messages: $(TEMPLATE)  ## collect the texts of code and templates into the catalogues
	@test -e $(CATALOGUE)/en/LC_MESSAGES/messages.po || $(BIN)/pybabel init -l en -i $(TEMPLATE) -d $(CATALOGUE)
	$(BIN)/pybabel update --ignore-obsolete --no-fuzzy-matching --omit-header -i $(TEMPLATE) -d $(CATALOGUE)

.PHONY: $(TEMPLATE)
$(TEMPLATE): .venv/.dev
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract -F pyproject.toml -k pgettext:1c,2 -k npgettext:1c,2,3 -k N_ \
	    --omit-header --no-location --sort-output -o $(TEMPLATE) .

migration: .venv/.dev  ## a new migration from the models: make migration NAME="what changes"
	$(FLASK) db revision --autogenerate -m "$(NAME)"

# No address of a package index may reach the lock files: they must hold wherever the project is checked out.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml
lock: .venv/.dev  ## choose the versions anew and write both lock files (UPGRADE=1 takes newer ones)
	$(PIP) install uv
	$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev -c requirements.txt -o requirements-dev.txt

clean:  ## remove what was built, keep the data
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- the environment: stamp files, so that nothing is installed twice ---------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
	    { rm -rf .venv; echo "could not make .venv; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "installing the locked packages ..."
	@$(PIP) install --require-hashes -r requirements.txt && touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "installing the locked tools ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt && touch $@
