# Zhida: `make run` starts a site, `make test` tests it. Needs Python 3.11 or later and nothing else.

PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
SIZE ?=
ONLY ?=
N ?= 1000
# SEMANTIC=0 leaves out what finding by meaning needs.
SEMANTIC ?= 1

VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS := 1
export PORT
# Tests run beside each other, one process a core, in the order in which they were collected:
# those that empty the database come after those that do not.
BESIDE := --numprocesses auto --dist loadgroup --no-loadscope-reorder
export PYTHONUNBUFFERED := 1

.PHONY: run test lint bench faults catalogues clean

run: $(VENV)/.runtime
	@exec $(BIN)/python manage.py serve --port '$(PORT)' $(if $(filter 0,$(DEMO)),--empty)

test: $(VENV)/.development
	@$(BIN)/pytest $(BESIDE) $(ARGS)

lint: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint themes
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py check_translations

bench: $(VENV)/.development
	@ONLY=$(ONLY) SIZE=$(SIZE) $(BIN)/python -m tests.bench

# Kills, hangs and fills up the parts of a site while people write and search; counts what was lost.
faults: $(VENV)/.development
	@N=$(N) ONLY=$(ONLY) $(BIN)/python -m tests.faults

# Collects the interface's strings and compiles the catalogues (needs gettext); commit what changes.
catalogues: $(VENV)/.development
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py check_translations --write

# Wheels only: what would have to be compiled is done without.
define MEANING
[ '$(SEMANTIC)' = 0 ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
  --only-binary :all: -r requirements-semantic.txt \
  || echo "requirements-semantic.txt could not be installed (no wheels for this platform?): going on by words alone."
endef

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Zhida needs Python 3.11 or later; say PYTHON=/path/to/python3.11 make …"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt requirements-semantic.txt | $(VENV)/bin/python
	@echo "Installing what the site needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(MEANING)
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt requirements-semantic.txt | $(VENV)/bin/python
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(MEANING)
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
