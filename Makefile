# Everything runs from these lines; VENV may point at an environment that is already there.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.benchwright-ready

.PHONY: demo test check bench browser clean

demo: $(READY)            ## set up, then run the main job on the example documents
	$(BIN)/benchwright demo -o demo-out

test: $(READY)            ## set up, then pass the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(READY)           ## style, strict types, import floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

bench: $(READY)           ## measure every stated bar; prints the tables of docs/benchmarks.md
	$(BIN)/python benchmarks/run.py

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf .venv build dist demo-out
