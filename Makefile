# Every target sets up what it needs: a fresh clone needs Python 3.11+, make and the package registry, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# What `make episode` builds. For an article of your own:
#   make episode ARTICLE=path/to/article.txt PUBLISHED=2026-03-01 AUTHOR="Your Name"
ARTICLE ?=
ARTICLES := $(if $(ARTICLE),"$(ARTICLE)",$(wildcard seeds/*.txt seeds/*.md))
PUBLISHED ?=
AUTHOR ?=
OPTIONS := $(if $(PUBLISHED),--published "$(PUBLISHED)") $(if $(AUTHOR),--author "$(AUTHOR)")

.DEFAULT_GOAL := help
.PHONY: help setup dev episode feed preview check test test-all format bench bench-spoken bench-reading bench-chapters bench-narration bench-sound bench-feed bench-archive goldens lock clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

# Two stamps, so that `make episode` does not wait for the tools that only developers need.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "audio-edition needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

# Two readers of feeds are npm packages; without npm their tests are skipped, and say so.
$(VENV)/dev.stamp: requirements-dev.lock tests/npm/package-lock.json $(VENV)/run.stamp
	@echo "Adding the developers' tools to $(VENV) (once) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund --silent \
		--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=60000 || echo "no npm, or no npm packages: the tests that read feeds with them are skipped"
	@touch $@

setup: $(VENV)/run.stamp ## the virtual environment, from the lock

dev: $(VENV)/dev.stamp ## the same with the developers' tools

episode: $(VENV)/run.stamp ## build the sample show, or ARTICLE=path (with PUBLISHED= and AUTHOR= where the article has none)
	@$(BIN)/audio-edition episode $(OPTIONS) $(ARTICLES)

feed: $(VENV)/run.stamp ## write the feed again
	@$(BIN)/audio-edition feed

preview: $(VENV)/run.stamp ## hear and see it on this machine
	@$(BIN)/audio-edition preview

check: $(VENV)/dev.stamp ## format, lint, types, floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/test_floors.py

test: $(VENV)/dev.stamp ## all tests but the long ones
	@$(BIN)/pytest -m "not long" --numprocesses auto --maxprocesses 4

test-all: $(VENV)/dev.stamp ## the long tests too
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4

format: $(VENV)/dev.stamp ## put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp ## time and memory, beside the alternative
	@$(BIN)/python benchmarks/bench_episode.py

bench-spoken: $(VENV)/dev.stamp ## spoken forms by class, and how fast: CASES=table, FOLDER=articles (default: our own)
	@$(BIN)/python benchmarks/bench_spoken.py $(if $(CASES),--cases "$(CASES)") $(if $(FOLDER),--folder "$(FOLDER)")

bench-reading: $(VENV)/dev.stamp ## how well web pages are read: FOLDER=pages with truth (default: our own few)
	@$(BIN)/python benchmarks/bench_reading.py $(if $(FOLDER),"$(FOLDER)")

bench-chapters: $(VENV)/dev.stamp ## how near proposed chapters come to the headings of authors: FOLDER=articles with headings (default: our own few)
	@$(BIN)/python benchmarks/bench_chapters.py $(if $(FOLDER),"$(FOLDER)")

bench-narration: $(VENV)/dev.stamp ## how narration gains by a second worker: FOLDER=articles (default: our own)
	@$(BIN)/python benchmarks/bench_narration.py $(if $(FOLDER),"$(FOLDER)")

bench-feed: $(VENV)/dev.stamp ## what a feed of 10,000 episodes costs beside feedgen alone: ROUNDS=3
	@$(BIN)/python benchmarks/bench_feed.py $(OPTIONS) $(if $(ROUNDS),--rounds $(ROUNDS))

bench-sound: $(VENV)/dev.stamp ## speed and memory of the sound, beside a bare pipe and the usual script: ARTICLE=path, ROUNDS=3, LONG=1 (10 and 60 copies)
	@$(BIN)/python benchmarks/bench_sound.py $(if $(ARTICLE),--article "$(ARTICLE)") $(OPTIONS) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(LONG),--long)

bench-archive: $(VENV)/dev.stamp ## what reading and scripting a folder of articles costs: FOLDER=...
	@$(BIN)/python benchmarks/bench_archive.py "$(FOLDER)"

goldens: $(VENV)/dev.stamp ## write the golden files again; read the diff before you commit it
	@$(BIN)/python tests/goldens.py

lock: $(VENV)/dev.stamp ## resolve the dependencies again
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade --group build pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade --group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
	@$(PIP) uninstall --yes uv

clean: ## throw away what can be made again, except the ledgers of identity
	@rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
