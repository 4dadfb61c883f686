# Kanalkoll from a bare machine: Python 3.11 or newer, git and make.
#
#   make ─▶ .venv (from requirements.lock, every file checked against its hash) ─▶ demo | test
#
# .venv/.built is the stamp: the environment is built again only when the lock or the project's declaration changes.

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format lock clean accuracy accuracy-deep audit-deep discover-deep fuzz lives-deep mail-deep bench picture
.PHONY: check-lint check-format check-types check-imports prepared collected pytest

# Looked up only when .venv has to be built, so that a missing Python spoils nothing else.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
BUILT := .venv/.built
COLLECTED := .cache/collected
PACKAGES = $(wildcard audits config worker console demo bench tests)
UV = .cache/uv/bin/uv
CORPUS ?= $(or $(KANALTEST_CORPUS),../shared/corpus)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

red = || { echo "make $@: red. $(1)" >&2; exit 1; }

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

install: $(BUILT) ## build .venv alone, anew where the lock has changed: .venv/bin/kanalkoll
	@echo "$(BIN)/kanalkoll is ready."

demo: $(BUILT) ## serve the invented city on loopback, audit it over several nights, write out/
	@$(BIN)/kanalkoll demo --out out

test: prepared pytest ## everything that must be green: linters, types, import rules, tests

lint: check-lint check-format check-types check-imports ## the checks that run no code

check-lint: $(BUILT)
	@$(BIN)/ruff check --quiet . $(call red,ruff check found the above; make format mends some of it.)

check-format: $(BUILT)
	@$(BIN)/ruff format --check --quiet . $(call red,The files above are not formatted; make format does it.)

check-types: $(BUILT)
	@$(BIN)/mypy --no-error-summary $(PACKAGES) $(call red,mypy found the above.)

# lint-imports has no quiet mode: what it says is shown only when a contract is broken.
check-imports: $(BUILT)
	@said=$$($(BIN)/lint-imports 2>&1) || { echo "$$said"; false; } \
		$(call red,An import goes the wrong way; the contracts are in pyproject.toml.)

# mypy takes one core for twenty seconds, the first time: meanwhile the other one makes of the tests' sources what pytest
# runs (and hypothesis draws from). Each of the workers would make all of it for itself: ten seconds each, at once.
prepared: $(BUILT)
	@$(MAKE) --no-print-directory --jobs=2 lint collected

collected: $(COLLECTED)
	@:

$(COLLECTED): export PYTHONDONTWRITEBYTECODE :=
$(COLLECTED): $(BUILT)
	@$(BIN)/python -m pytest --collect-only -p no:cacheprovider >/dev/null 2>&1 || :
	@mkdir -p $(@D) && touch $@

# One file that cannot be read must not hide what all the others say. Many wait for
# servers and clocks, so two more run than there are cores; WORKERS=1 runs them one after another.
# The tests start the commands some two hundred times: compiled once, whatever the shell says of bytecode, they start in
# half the time. What does not compile pytest tells of, with all the rest.
WORKERS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 2)))
pytest: export PYTHONDONTWRITEBYTECODE :=
pytest: $(BUILT)
	@$(BIN)/python -m compileall -q $(PACKAGES) >/dev/null || :
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal --continue-on-collection-errors $(call red,A test failed.)

# The labelled responses are no part of this tree: CORPUS=DIR, or KANALTEST_CORPUS, says where they lie.
accuracy: $(BUILT) ## how right the readers are, over a folder of labelled responses
	@$(BIN)/kanalkoll accuracy "$(CORPUS)" $(call red,A living account was accused or a recorded figure has sunk or there is nothing to read in $(CORPUS).)

accuracy-deep: $(BUILT) ## thousands of mangled pages, every single fault in an answer: none may accuse; true changes are told
	@KANALTEST_MANGLED=6000 KANALTEST_FAULTS=all KANALTEST_CHANGES=250 $(BIN)/python -m pytest tests/accuracy $(call red,A mangled page accuses.)

# A minute on two cores.
audit-deep: $(BUILT) ## kill an audit of 400 accounts twenty times
	@KANALTEST_AUDIT_KILLS=20 $(BIN)/python -m pytest tests/worker/test_killed_audits.py $(call red,An audit loses or repeats something.)

discover-deep: $(BUILT) ## walk a made city of 2,000 pages and one of 20,000, kill walks, measure memory
	@KANALTEST_DISCOVER_PAGES=2000 $(BIN)/python -m pytest tests/discovering/test_made_site.py --durations=0 $(call red,A walk loses or repeats something.)

fuzz: $(BUILT) ## 20,000 damaged documents: none may break a reader or hold it up for a second
	@KANALTEST_FUZZ=20000 $(BIN)/python -m pytest tests/reading/test_fuzz.py $(call red,A reader breaks or takes long.)

# A minute a history on two cores that others use as well.
lives-deep: $(BUILT) ## thirty histories of forty nights: what is told must be true, and nothing may be lost
	@KANALTEST_HISTORIES=30 $(BIN)/python -m pytest tests/storage/test_lives.py $(call red,A history tells what is not true or loses something.)

picture: demo ## take the README's picture of the report anew (needs Chromium)
	@$(BIN)/python -m demo.picturing out/report.en.html "$$(command -v chromium || command -v chromium-browser)" $(call red,There is no Chromium.)

bench: $(BUILT) .cache/bench/.built ## what it costs beside the floor and its peers, in one run; some fifteen minutes
	@$(BIN)/python -m bench $(call red,A bar was missed or could not be measured.)

mail-deep: $(BUILT) ## five seeds of killed senders and lying mail servers: no letter may arrive twice
	@KANALTEST_MAIL_SEEDS=5 $(BIN)/python -m pytest tests/telling/test_killed_senders.py tests/telling/test_lying_servers.py \
		$(call red,A letter arrived twice or ended nowhere.)

format: $(BUILT) ## let ruff mend and format the source
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

# uv makes the lock but is not in it: it gets a small environment of its own. UPGRADE=--upgrade moves every pin.
lock: $(UV) ## write requirements.lock again from pyproject.toml (UPGRADE=--upgrade moves every pin)
	@$(UV) pip compile pyproject.toml --extra dev --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet $(UPGRADE) --output-file requirements.lock
	@$(UV) pip compile bench/requirements.in --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet $(UPGRADE) --output-file bench/requirements.lock
	@! grep -nE '^-|://' requirements.lock bench/requirements.lock $(call red,requirements.lock names a package registry; it must work with any.)

clean: ## remove everything that was built here
	@rm -rf .venv out build .cache *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BUILT): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Kanalkoll needs Python 3.11 or newer; this machine has $$(python3 --version 2>/dev/null || echo 'no python3')." >&2; \
		echo "Debian 12: apt-get install python3 python3-venv. Elsewhere: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Building .venv from requirements.lock, once: half a minute, some minutes on a slow machine or line." >&2
	@$(PYTHON) -m venv .venv || { \
		echo "$(PYTHON) has no complete venv module. Debian 12: apt-get install python3-venv" >&2; exit 1; }
	@echo "  fetching and checking $$(grep -c '==' requirements.lock) packages …" >&2
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@echo "  setting up kanalkoll …" >&2
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The peers that are measured beside it are no part of the product: an environment of their own.
.cache/bench/.built: bench/requirements.lock
	@$(PYTHON) -m venv .cache/bench
	@.cache/bench/bin/python -m pip install --quiet --require-hashes --requirement bench/requirements.lock
	@touch $@

$(UV):
	@$(PYTHON) -m venv .cache/uv && .cache/uv/bin/python -m pip install --quiet uv
