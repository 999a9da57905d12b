# nbreview: `make demo` to see it, `make test` to prove it, `make help` for the rest.
#
# Each target first makes or mends its own virtual environment (packaging/bootstrap.py); that costs nothing when it is
# up to date. PYTHON chooses the interpreter, VENV the folder, ARGS is handed to the program or to pytest.

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

SETUP := $(PYTHON) packaging/bootstrap.py --venv $(VENV)
EVERYTHING := $(SETUP) --extras kernel,parquet,dask,scoring,trl,dev --model required

.DEFAULT_GOAL := help
.PHONY: help demo model dev test lint types layers bench shots wheel wheel-check clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

demo: ## make a sample repository and review it in the window (ARGS="--model FILE.gguf")
	@$(SETUP) --extras kernel --model optional
	@$(BIN)/nbreview demo $(ARGS)

model: ## compile the model part (again, when it failed before)
	@$(SETUP) --extras kernel --model required

dev: ## everything that working on nbreview needs, in .venv
	@$(EVERYTHING)

test: dev ## lint, types, layers and tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: dev ## ruff alone
	$(BIN)/ruff check .

types: dev ## mypy alone
	$(BIN)/mypy

layers: dev ## import-linter alone: a module imports only from floors below its own
	$(BIN)/lint-imports

bench: dev ## the figures of README.md's performance table
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.run $(ARGS)

shots: dev ## the way through a review, and every window and state in every look, as pictures in build/shots
	$(BIN)/nbreview demo --offscreen --folder build/shots
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.shots build/shots/windows $(ARGS)

wheel: dev ## the wheel, in dist/
	$(BIN)/python -m build --wheel --outdir dist .

wheel-check: wheel ## install the wheel from the index in a clean environment and start it
	$(BIN)/python packaging/check_wheel.py dist

clean: ## remove what was built; the environment and the compiled model part stay
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
