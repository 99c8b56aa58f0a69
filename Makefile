# One command each. What is needed: make, and Python 3.11, 3.12 or 3.13 with pip. Everything else goes into
# .venv, and nothing is written outside this folder.

# `make setup PYTHON=/path/to/python3.12` chooses the interpreter. Otherwise it is the first of these that fits.
# Each is tried by running it: a version manager may leave a name on the path that does not run.
PYTHON ?=
CANDIDATES := $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3 python)
# pip of its own, or ensurepip, which some systems ship apart (Debian: python3-venv).
FITS := import sys, venv, importlib.util as u; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and (u.find_spec("pip") or u.find_spec("ensurepip"))))

# What pip, uv, Jupyter, IPython, matplotlib and a browser keep between runs stays in .venv too.
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_CACHE_DIR := $(CURDIR)/.venv/var/uv
export UV_PYTHON_INSTALL_DIR := $(CURDIR)/.venv/var/uv-python
export XDG_CACHE_HOME := $(CURDIR)/.venv/var/cache
export CHROME_CONFIG_HOME := $(CURDIR)/.venv/var/chromium
export MPLCONFIGDIR := $(CURDIR)/.venv/var/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/var/ipython
export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/var/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.venv/var/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.venv/var/jupyter/runtime
# pip asks for the version of rustc, and rustup's rustc makes itself a home to answer.
ifeq ($(wildcard $(HOME)/.rustup),)
export RUSTUP_HOME := $(CURDIR)/.venv/var/rustup
endif
unexport PYTHONPATH PYTHONHOME

.PHONY: help setup report test lab clean lock moved

help:
	@echo 'make report   write the HTML pages into reports/'
	@echo 'make test     run every test'
	@echo 'make lab      open the notebooks in JupyterLab'
	@echo 'make setup    only install what the others need, into .venv'
	@echo 'make clean    remove .venv, reports/ and what tests left behind'
	@echo 'make lock     pin the dependencies of pyproject.toml anew (needs uv)'

setup: .venv/ready

report: setup
	@.venv/bin/comity report --data data --out reports

# FLAGS are handed to pytest: make test FLAGS='-m "not network"', or on two cores FLAGS='-n 2'
test: setup
	@.venv/bin/python -m pytest $(FLAGS)

lab: setup
	@cd notebooks && ../.venv/bin/python -m jupyterlab $(FLAGS)

clean:
	rm -rf .venv reports dist .pytest_cache .hypothesis
	find . -path ./.git -prune -o -type d '(' -name __pycache__ -o -name .ipynb_checkpoints ')' -prune -exec rm -rf '{}' +

# An environment knows its own place: in a folder that was moved or copied it is made again.
MOVED := $(shell if [ -e .venv/ready ] && [ "`cat .venv/ready`" != "`pwd -P`" ]; then echo moved; fi)

# Made from nothing: a stamp is written last, so that an interrupted setup has none and is done again.
.venv/locked: requirements.lock $(MOVED)
	@set -e; chosen=; \
	for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c '$(FITS)' >/dev/null 2>&1; then chosen=$$candidate; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
	  echo 'comity needs Python 3.11, 3.12 or 3.13 with pip. Tried, and none fits:' $(CANDIDATES) >&2; \
	  echo 'Install one (Debian, Ubuntu: apt install python3 python3-pip), or name one: make setup PYTHON=/path/to/python3.12' >&2; \
	  exit 1; \
	fi; \
	rm -rf .venv; \
	"$$chosen" -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; "$$chosen" -m venv --without-pip .venv; }; \
	echo 'Installing the packages of requirements.lock into .venv. This takes a minute or two.'; \
	if .venv/bin/python -m pip --version >/dev/null 2>&1; then chosen=.venv/bin/python; into=; else into='--python .venv/bin/python'; fi; \
	"$$chosen" -m pip $$into install --quiet --require-hashes -r requirements.lock
	@touch $@

# The package itself, from src/: when only pyproject.toml changed, this is all there is to do.
.venv/ready: .venv/locked pyproject.toml
	@.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@pwd -P > $@

# For developers. Pins stay as they are where pyproject.toml still allows them; FLAGS=--upgrade takes the newest.
# hatchling is here because the package is installed without build isolation, pip because .venv may be made without it.
# No registry address is written.
UV := $(if $(wildcard .venv/bin/uv),.venv/bin/uv,uv)
lock:
	@printf 'hatchling\npip\n' | $(UV) pip compile pyproject.toml - --extra test --extra size --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' $(FLAGS) \
	  --quiet --output-file requirements.lock
