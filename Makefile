# The front door. Each target sets up what it needs, from a bare Python 3.11+.
SHELL := /bin/bash
PYTHON ?= python3
ENV := .venv
RUN := $(ENV)/bin
SYSTEM_STAMP := .cache/system
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/$(ENV)
export PYTHONHASHSEED := 0

.PHONY: help demo test check gate bench clean

help:
	@echo "make demo    trace the bundled collection and show what was found beside what is true"
	@echo "make test    run all tests"
	@echo "make check   style, types, import directions, documentation"
	@echo "make gate    measure quality against its floors"
	@echo "make bench   measure speed"

demo: $(ENV)/run.stamp
	@$(RUN)/stemma demo demo

test: $(ENV)/dev.stamp $(SYSTEM_STAMP)
	@$(RUN)/pytest

check: $(ENV)/dev.stamp
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-logo
	@$(RUN)/python tools/docs.py --check

gate: $(ENV)/dev.stamp
	@$(RUN)/python gate/run.py

bench: $(ENV)/dev.stamp
	@$(RUN)/python bench/run.py

clean:
	rm -rf $(ENV) .cache demo

# A virtual environment with uv in it; pip comes with Debian's python3-venv, which may be missing.
$(ENV)/bin/uv:
	@bash tools/venv.sh "$(PYTHON)" "$(ENV)"

# What running needs; then the kernels' cache is warmed, so that the first trace is as fast as the next.
$(ENV)/run.stamp: pyproject.toml uv.lock $(ENV)/bin/uv
	@$(RUN)/uv sync --quiet --locked --inexact --compile-bytecode --no-dev
	@$(RUN)/python -m stemma.warm
	@touch $@

$(ENV)/dev.stamp: pyproject.toml uv.lock $(ENV)/bin/uv
	@$(RUN)/uv sync --quiet --locked --inexact --compile-bytecode
	@$(RUN)/python -m stemma.warm
	@touch $@ $(ENV)/run.stamp

# Tests drive a browser and run stages on Spark: Chromium and Java.
$(SYSTEM_STAMP):
	@bash tools/system.sh
	@mkdir -p .cache && touch $@
