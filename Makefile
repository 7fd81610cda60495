# The commands of the project. `make run` and `make test` need Python >= 3.11 and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
MINOR := $(shell $(PYTHON) -c 'import sys; print("%d%d" % sys.version_info[:2])')

.PHONY: run test walk check bench chaos compliance assets lock clean

run: $(VENV)/.run
	@$(BIN)/python -m motcua run

$(VENV)/.run: locks/run-py$(MINOR).txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "motcua needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/run-py$(MINOR).txt
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "motcua.pth").write_text("$(CURDIR)/src\n")'
	@touch $@

$(VENV)/.test: locks/test-py$(MINOR).txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/test-py$(MINOR).txt
	@scripts/install-test-tools
	@touch $@

test: $(VENV)/.test
	@scripts/test

walk: $(VENV)/.run
	@$(BIN)/python -m motcua.sample.walk --out walk

check: $(VENV)/.test
	@scripts/check

bench: $(VENV)/.test
	@$(BIN)/python -m bench

compliance: $(VENV)/.test
	@$(BIN)/python scripts/compliance.py

assets:
	@cd frontend && npm ci && node build.mjs

lock:
	@scripts/lock
