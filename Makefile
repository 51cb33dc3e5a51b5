# Needs only make and Python 3.11 or later. Stamp files make a second run instant.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-time
DEV_STAMP := $(VENV)/.dev
PEERS := .venv-peers
PEERS_STAMP := $(PEERS)/.installed
LOCK_VENV := .venv-lock
PIP := $(BIN)/python -m pip --disable-pip-version-check
POSOLOG := $(BIN)/posolog

.DEFAULT_GOAL := help
.PHONY: help demo test e2e lint bench bench-dosimetry score-reader hazards validate validate-dosimetry docs \
  lock clean trials bench-statistics validate-statistics fuzz bench-atlas
.DELETE_ON_ERROR:

help: ## show this list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/\1|\2/' | \
	  while IFS='|' read -r name what; do printf '  make %-20s %s\n' "$$name" "$$what"; done

# ---- environment -----------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "posolog needs Python 3.11 or later; say which with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Installs the run-time set as well, so it brings the run-time stamp up to date.
$(DEV_STAMP): requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $(RUN_STAMP) $@

# The packages our speed is measured against, apart from everything else.
$(PEERS_STAMP): requirements-peers.lock | $(BIN)/python
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-peers.lock
	@touch $@

# ---- what a user runs ------------------------------------------------------

# Findings give `check` the exit status 1: they are shown, and the demo goes on.
demo: $(RUN_STAMP) ## read a trial, plan a patient, analyse a record, compute a dose
	@mkdir -p demo
	$(POSOLOG) read examples/set-haplo.txt -o demo/set-haplo.draft.yaml
	$(POSOLOG) check examples/set-haplo.txt || [ $$? -eq 1 ]
	$(POSOLOG) plan protocols/set-haplo.yaml --patient examples/patient.yaml --anchor D0=2027-01-14
	$(POSOLOG) plan protocols/set-haplo.yaml --patient examples/patient.yaml --anchor D0=2027-01-14 -o demo/plan.html
	$(POSOLOG) references read examples/rit-phase1-references.txt -o demo/references.bib 2>/dev/null || [ $$? -eq 1 ]
	$(POSOLOG) endpoints examples/trials/rit-b-all -o demo/endpoints.html || [ $$? -eq 1 ]
	$(POSOLOG) dose examples/dosimetry/patient.yaml -o demo/dose.html || [ $$? -eq 1 ]
	@echo "Written below demo/: a draft protocol, plan.html, references.bib, endpoints.html, dose.html"

# ---- what a developer runs -------------------------------------------------

test: lint ## lint, types, import contract, then the whole test suite
	$(BIN)/python -m pytest

lint: $(DEV_STAMP) ## ruff and mypy (the import contract is in tests/rooms)
	$(BIN)/ruff check .
	$(BIN)/mypy

e2e: $(DEV_STAMP) ## the tests with a real browser (installs Chromium on Debian)
	command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }
	$(BIN)/python -m pytest tests/e2e

bench: $(DEV_STAMP) ## run the benchmarks
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/reader.py
	$(BIN)/python benchmarks/references.py

bench-atlas: $(DEV_STAMP) ## a registry in bulk: time, memory, size and queries at 1, 2 and 4 times
	$(BIN)/python benchmarks/atlas.py

bench-dosimetry: $(DEV_STAMP) ## voxel dose and curve fits against their limits
	$(BIN)/python benchmarks/voxel.py
	$(BIN)/python benchmarks/dosimetry.py

bench-statistics: $(DEV_STAMP) $(PEERS_STAMP) ## estimators against Python peers and R (half an hour)
	status=0; for file in benchmarks/statistics*.py; do $(BIN)/python $$file --peers $(PEERS)/bin/python || status=1; done; \
	  exit $$status

hazards: $(DEV_STAMP) ## print the hazard score
	$(BIN)/python tests/hazard_score.py

validate: $(DEV_STAMP) ## run the validation set
	$(BIN)/python validation/run.py

validate-dosimetry: $(DEV_STAMP) ## reference cases of dosimetry, each with source and tolerance
	$(BIN)/python validation/dosimetry.py
	$(BIN)/python validation/dosimetry_voxel.py

validate-statistics: $(DEV_STAMP) ## reference values of the estimators; public data from R or from DATA=FOLDER
	$(BIN)/python validation/statistics/run.py --data "$(DATA)"

FUZZ_MINUTES ?= 10

fuzz: $(DEV_STAMP) ## look for texts that the reader cannot stand (FUZZ_MINUTES=10)
	$(BIN)/python validation/fuzz_reader.py --minutes $(FUZZ_MINUTES)

score-reader: $(DEV_STAMP) ## how well the reader reads annotated texts (POSOLOG_GOLD=DIR for others)
	$(BIN)/python validation/score_reader.py

trials: ## draw the synthetic trials of examples/trials again
	$(PYTHON) tools/make_trials.py

docs: $(DEV_STAMP) ## build the documentation into docs/_build
	$(BIN)/python -m sphinx --fail-on-warning --fresh-env -q -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

# ---- housekeeping ----------------------------------------------------------

LOCK := $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml

lock: ## recompile both lock files
	test -x $(LOCK_VENV)/bin/uv || $(PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip install --quiet --upgrade uv
	$(LOCK) --extra all --group build --output-file requirements.lock
	$(LOCK) --extra all --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) --group peers --output-file requirements-peers.lock

clean: ## remove everything that make made
	rm -rf $(VENV) $(LOCK_VENV) $(PEERS) demo build dist docs/_build .hypothesis .mypy_cache .pytest_cache \
	  .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
