# What a person does with a checkout. Everything is installed into .venv; nothing outside it but Chromium, and
# that only where apt-get may be used.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
# Workers of their own already fill the cores; a second layer of threads only makes them wait for each other.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 NUMBA_NUM_THREADS=1
# Thousands of small databases are written to the disk to the last byte; where memory has the room, they lie there.
IN_MEMORY := $(if $(TMPDIR),,$(shell df -Pm /dev/shm 2> /dev/null | awk 'NR == 2 && $$4 > 4000 {print "TMPDIR=/dev/shm"}'))
WORKERS ?= 2
TESTS ?=

.PHONY: help setup demo screenshots test test-long lint lint-style lint-format lint-types lint-imports bench lock clean

help:  ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

setup: .venv/installed .venv/assets .venv/browser  ## install everything that this checkout needs into .venv

.venv/installed: requirements.lock pyproject.toml .ci/install
	bash .ci/install
	touch $@

# Without npm's registry or a Chromium the rest still works: a sentence says so, and the next call tries again.
.venv/assets: .venv/installed .ci/assets .ci/vendor.mjs package.json package-lock.json
	bash .ci/assets && touch $@ || true

.venv/browser: .venv/installed .ci/browser
	bash .ci/browser && touch $@ || true

demo: setup  ## build a sample municipality, all of it invented, and serve it on this machine
	$(BIN)/stafet --workspace stafet-demo demo

screenshots: setup  ## take the pictures of docs/images again, from the municipality that `make demo` built
	$(BIN)/python tests/journeys/screenshots.py stafet-demo

test: setup  ## all tests but the long ones
	$(ONE_THREAD) $(IN_MEMORY) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long" -q $(TESTS)

test-long: setup  ## the long simulations and fuzzing
	$(ONE_THREAD) $(IN_MEMORY) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m long -q --timeout 3600 $(TESTS)

lint: lint-style lint-format lint-types lint-imports  ## style, types and the direction of imports

lint-style: setup
	$(BIN)/ruff check .

lint-format: setup
	$(BIN)/ruff format --check .

lint-types: setup
	$(BIN)/mypy

lint-imports: setup
	$(BIN)/lint-imports

bench: setup  ## the ratios of the speed table, written to benchmarks/results.json
	$(BIN)/python -m benchmarks

lock:  ## renew requirements.lock from pyproject.toml
	bash .ci/lock

clean:  ## remove what make has made
	rm -rf .venv build dist *.egg-info node_modules ui/static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis
