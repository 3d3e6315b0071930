# demo, lab, test, check, bench: nothing else to learn.
# Needs Python 3.11 or newer and the package registries; node comes from PyPI where there is none.

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

# Where a proxy signs with an authority of its own, the system trusts it, and node from PyPI has to be told.
AUTHORITIES := $(wildcard $(PIP_CERT) $(SSL_CERT_FILE) /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt)
export NODE_EXTRA_CA_CERTS ?= $(firstword $(AUTHORITIES))

# Hundreds of processes start here, and each would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

# What the installed copy is made of besides Python, which is installed in place.
PAGE := $(shell find labextension/src labextension/style labextension/schema -type f 2>/dev/null) labextension/package.json

.PHONY: help demo lab test test-again test-live check fix bench clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/  /'

demo: .venv/.demo  ## run notebooks/quickstart.ipynb as a job of the local workspace
	azml run notebooks/quickstart.ipynb --stream
	@echo
	@echo "Watch the next one in JupyterLab:  make lab"

lab: .venv/.demo  ## open JupyterLab on the quickstart
	jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) --ServerApp.root_dir=$(CURDIR) \
	  --LabApp.default_url=/lab/tree/notebooks/quickstart.ipynb

test: .venv/.dev  ## all tests: Python, browser, TypeScript
	python tests/ui/chromium.py
	python -m pytest --numprocesses=3 --dist=loadscope --no-loadscope-reorder
	npm --prefix labextension test

test-again: .venv/.dev  ## what failed in the last run of the tests, alone
	python -m pytest --last-failed --last-failed-no-failures none || test $$? -eq 5
	npm --prefix labextension test

test-live: .venv/.dev  ## the contract on a real Azure ML workspace: see docs/azure.md
	python -m pytest tests/live -p no:cacheprovider

check: .venv/.dev  ## lint, types, the import contract, generated files
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	python -m jupyter_azml.server.openapi | diff - jupyter_azml/server/openapi.json || { echo "stale: run make fix"; exit 1; }
	npm --prefix labextension run --silent types:check
	npm --prefix labextension run --silent lint
	npm --prefix labextension run --silent size

fix: .venv/.dev  ## format, and write the generated files anew
	ruff check --fix .
	ruff format .
	python -m jupyter_azml.server.openapi > labextension/openapi.json
	mv labextension/openapi.json jupyter_azml/server/openapi.json
	npm --prefix labextension run --silent types
	npm --prefix labextension run --silent lint:fix

bench: .venv/.dev  ## times beside the peers' times, as ratios
	python -m tests.benchmarks.run

clean:  ## forget what was installed and built
	rm -rf .venv labextension/node_modules labextension/lib jupyter_azml/labextension jupyter_azml/static

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "jupyter_azml needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; \
	  echo "Name another one: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.demo: .venv/.python pyproject.toml $(PAGE)
	@echo "Installing into .venv; about two minutes the first time."
	python -m pip install --quiet --disable-pip-version-check --editable ".[demo]"
	@touch $@

.venv/.dev: .venv/.demo tests/azurite/package-lock.json
	@echo "Installing what tests and checks need into .venv."
	python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	npm --prefix tests/azurite ci --silent --no-audit --no-fund
	python -m tests.fakes.served > /dev/null
	@touch $@
