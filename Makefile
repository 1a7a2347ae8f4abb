# Everything a new clone needs: `make run` opens the board, `make test` proves the tree.
# Only Python 3.11 or newer, make and git are presumed; the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= db/local
# Real terminals wait more than they reckon: three at a time keep two processors busy.
WORKERS ?= 3
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test check lint types layers bench screenshots translations man lock clean

help: ## show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t14

run: $(VENV)/run.stamp ## open the board on db/local (made from the seed the first time)
	@$(BIN)/gztrack --db $(DB) status >/dev/null 2>&1 || test -e $(DB) || $(BIN)/gztrack --db $(DB) init
	@exec $(BIN)/gztrack --db $(DB)

test: $(VENV)/dev.stamp ## run every test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: lint types layers test ## exactly what CI runs

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy --strict

layers: $(VENV)/dev.stamp
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp ## measure; writes tests/bench/README.md
	$(BIN)/python -m tests.bench.run $(PARTS)

screenshots: $(VENV)/dev.stamp ## draw screenshots/ from the real program
	$(BIN)/python -m tests.screenshots
	$(BIN)/python tests/tour.py

translations: $(VENV)/dev.stamp ## gather the texts for people, bring the catalogues up to date
	PYTHONPATH=tests $(BIN)/python tests/translations.py

man: $(VENV)/dev.stamp ## write man/, which a wheel installs, as gztrack man prints it
	$(BIN)/gztrack --lang en man > src/gztrack/man/gztrack.1
	$(BIN)/gztrack --lang zh man > src/gztrack/man/gztrack.zh.1

lock: ## pin what CI tests, into constraints.txt
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet --upgrade --upgrade-strategy eager '.[dev]' hatchling editables
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check freeze --exclude gztrack | grep -v ' @ ' > constraints.txt
	rm -rf $(VENV)/lock

clean: ## remove what was installed and cached; databases stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# Debian and Ubuntu split ensurepip off into a package of its own; say so instead of a traceback.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "gztrack needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "this Python cannot make virtual environments; install its venv package, for example: apt install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
