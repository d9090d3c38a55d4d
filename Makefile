PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: setup test lint types check bench docs fuzz

setup: $(BIN)/pytest

$(BIN)/pytest: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt -e '.[dev]'
	touch $@

test: setup
	$(BIN)/python -m pytest -q

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

check: lint types test

# Pages, fixtures and whatever else is made from the packs and the code; tests fail when one is stale.
docs: setup
	$(BIN)/python fixtures/make.py
	$(BIN)/python docs/generate.py

bench: setup
	$(BIN)/python -m bench

N ?= 3000

# Mutated documents, as many as N from the seed FROM on; what fails is kept in tests/fuzz/found.
fuzz: setup
	PYTHONPATH=tests $(BIN)/python -m fuzz.examine $(N) --from $(or $(FROM),0)
