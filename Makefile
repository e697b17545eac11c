# One command for each thing a developer does here; `make help` lists them.

VENV := .venv
STAMP := $(VENV)/.ready
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

# A Python of your choice: `make test PYTHON=/opt/python/bin/python3`. Left empty, the first of these that runs is taken.
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python)
ARGS ?=

# A name on the path proves nothing (a version manager leaves shims that do not run, Debian splits venv off), so each
# one is tried. Sets $$python, or says what is missing and fails.
find_python = python=; recent=; for name in $(PYTHONS); do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	recent=$$name; \
	"$$name" -c 'import ensurepip, venv' >/dev/null 2>&1 && python=$$name && break; \
	done; \
	if [ -z "$$recent" ]; then \
	echo "No Python 3.11 or newer runs here (tried: $(PYTHONS)). Install one, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1; \
	elif [ -z "$$python" ]; then \
	echo "$$recent cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	exit 1; \
	fi

.DEFAULT_GOAL := help
.PHONY: help python install demo test fuzz lint generate check bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

python: ## which Python the virtual environment is made from
	@$(find_python); echo "$$python"

install: $(STAMP) ## the virtual environment in .venv, with salesrepo and every tool

$(STAMP): pyproject.toml
	@$(BIN)/python -c 'import pip' >/dev/null 2>&1 || { $(find_python); "$$python" -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: $(STAMP) ## a whole company in demo/, in about three minutes (a former demo is removed)
	@if [ -e demo ] && [ ! -e build/demo-made ]; then \
	echo "The folder demo/ was not made by 'make demo'. Move it away, then try again." >&2; exit 1; fi
	@rm -rf demo && mkdir -p build && touch build/demo-made
	$(BIN)/salesrepo demo demo

test: $(STAMP) ## every test, on every core, naming what was skipped (one folder: ARGS=tests/cli)
	$(BIN)/python -m pytest -n auto --dist worksteal -rfEs $(ARGS)

fuzz: $(STAMP) ## random bytes, texts and records through every reader and encoder, half a minute for each test
	$(BIN)/python -m pytest -n auto --hypothesis-profile=fuzz tests/fuzz $(ARGS)

lint: $(STAMP) ## style, types, floors, workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .github $(wildcard templates/repo/.github)

generate: $(STAMP) ## schemas and generated pages, written again from the code
	$(BIN)/python -m salesrepo.dev.generate

check: lint ## what has to pass before a change lands: lint, no drift in generated files, tests
	$(BIN)/python -m salesrepo.dev.generate --check
	@$(MAKE) --no-print-directory test

bench: $(STAMP) ## the budgets, as ratios measured inside one run
	$(BIN)/python -m benchmarks $(ARGS)

clean: ## remove what these commands leave behind; .venv stays
	@if [ -e build/demo-made ]; then rm -rf demo; fi
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find salesrepo tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
