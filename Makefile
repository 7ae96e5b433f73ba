# Everything people do with this project, by name. `make` alone lists it.
# PIP_ARGS reaches every `pip install`, ARGS the demo, the bench and the tests.

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
INSTALL = $(PYTHON) -m pip install --disable-pip-version-check --quiet $(PIP_ARGS)
EDITABLE = $(INSTALL) --no-deps --no-build-isolation --editable .
PIN = $(BIN)/pip-compile --quiet --generate-hashes --no-allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.DEFAULT_GOAL := help

# Compiled modules are kept, whatever the machine's habit: tests start hundreds of processes that import them.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: help install run test check bench bench-reader chaos year smoothness pictures words pins clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.base ## Start the demo: the app and a stand-in for Slack, in one page of your browser
	@$(PYTHON) -m bot demo $(ARGS)

install: $(VENV)/.dev ## Make the development environment in .venv

# Many tests wait for a wire, a browser or a process: with one worker for each processor a third of the time is idle.
WORKERS ?= $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN))

test: $(VENV)/.dev ## Run every test, in parallel
	$(PYTHON) -m pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.dev ## Check format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(PYTHON) -m mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.dev ## Measure the engine; prints the figures of the README
	$(PYTHON) tests/bench/run.py $(ARGS)

bench-reader: $(VENV)/.dev ## Measure how well and how fast messages and replies are read
	$(PYTHON) -m tests.bench.reader $(ARGS)

SECONDS ?= 300

year: $(VENV)/.base ## Live a year in the sandbox (some minutes); prints what ran when, each exactly once
	$(PYTHON) -m bot year $(ARGS)

chaos: $(VENV)/.dev ## Kill the app for SECONDS per database under a hostile Slack; count what was lost or doubled
	$(PYTHON) -m tests.chaos.run --seconds $(SECONDS) --database sqlite $(ARGS)
	$(PYTHON) -m tests.chaos.run --seconds $(SECONDS) --database postgresql --workers 3 $(ARGS)
	$(PYTHON) -m tests.chaos.crash_points $(ARGS)

smoothness: $(VENV)/.dev ## Look for long tasks in the sandbox's page with 1,000 messages
	$(PYTHON) -m tests.browser.smoothness

pictures: $(VENV)/.dev ## Take the pictures of the README with Chromium
	$(PYTHON) tests/browser/pictures.py $(ARGS)

words: $(VENV)/.dev ## Collect the sentences people see for translators
	$(PYTHON) -m tests.words

pins: $(VENV)/.dev ## Choose the pinned versions in requirements/ anew
	$(INSTALL) pip-tools
	$(PIN) --upgrade --build-deps-for editable --output-file requirements/base.txt pyproject.toml
	$(PYTHON) requirements/groups.py | $(PIN) --no-annotate --output-file requirements/dev.txt requirements/base.txt -

clean: ## Remove the environment and what tools left behind
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# The environment. Each stamp is older than its files only when something has to be installed.

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(PYTHON)
	@echo "Installing what development needs into $(VENV) (once, about a minute) ..."
	@$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@$(EDITABLE)
	@touch $(VENV)/.base $@

$(VENV)/.base: requirements/base.txt pyproject.toml | $(PYTHON)
	@echo "Installing what the app needs into $(VENV) (once, about half a minute) ..."
	@$(INSTALL) --require-hashes --requirement requirements/base.txt
	@$(EDITABLE)
	@touch $@

# Asked from the root folder: a version manager then answers with its own choice, not with this folder's.
$(PYTHON):
	@for name in python3.13 python3.12 python3.11 python3; do \
		python=$$(cd / && $$name -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null); \
		test -n "$$python" || continue; \
		found=$$python; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		exec "$$python" -m venv --clear $(VENV); \
	done; \
	if test -n "$$found"; then \
		echo "$$found cannot make environments. Bring the missing part: sudo apt-get install python3-venv" >&2; \
	else \
		echo "Python 3.11 or newer is needed and was not found. Bring it: sudo apt-get install python3 python3-venv" >&2; \
	fi; exit 1
