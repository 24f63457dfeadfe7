# The two commands that matter: `make run` and `make test`. Both start from a clean clone and set everything up in .venv.

# The first Python on the path that is new enough; say `make PYTHON=python3.13 run` for another.
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)
BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	--custom-compile-command "make locks"

.PHONY: help set-up run test bench desk slow format docs locks pictures

help:
	@echo 'make run      set everything up, then show where the person of the worked example stands'
	@echo 'make test     set everything up, then run every check and test (what CI runs)'
	@echo
	@echo 'make format   lay out the code as the checks want it'
	@echo 'make docs     build the docs into site/'
	@echo 'make pictures put every page, in every language, narrow and wide, into docs/look/'
	@echo 'make desk     serve the confidential desk with an invented organisation and three invented cases'
	@echo 'make slow     mutation, kills, load, a full disk, timing (over an hour; MINUTES=2 shortens the load)'
	@echo 'make bench    measure speed against other engines (minutes; installs them itself)'
	@echo 'make locks    write the locks anew from pyproject.toml; UPGRADE=--upgrade takes newer versions'

set-up:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed. An administrator must run:' >&2; \
		echo '    apt-get install -y python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) tools/prepare.py

run: set-up
	@$(BIN)/safeconduct assess examples/alex.yaml --on 2023-12-12
	@echo
	@echo 'This is the position of one man on one day, computed from the law pages in src/safeconduct/law. Try next:'
	@echo
	@echo '    .venv/bin/safeconduct assess examples/alex.yaml --on 2023-12-12 --format json'
	@echo '    .venv/bin/safeconduct law show RU-G-ABSENCE      what the pages say, and where it stands'
	@echo '    .venv/bin/safeconduct assess --help              write such a file yourself: begin with examples/alex.yaml'
	@echo '    docs/map.md                                      how it works, in one picture'

test: set-up
	@$(BIN)/python tools/stages.py

bench: set-up
	@$(BIN)/python bench/run.py
	@$(BIN)/python bench/desk.py

desk: set-up
	@$(BIN)/safeconduct desk serve --demo

# What takes too long for every change: mutation of the vault, kills, load, a full disk, timing.
# MINUTES is how long the load lasts.
MINUTES := 60
slow: set-up
	@$(BIN)/python tools/mutation.py
	@SAFECONDUCT_KILL_ROUNDS=20 $(BIN)/pytest -q tests/attacks/test_desk_operating_kill.py
	@SAFECONDUCT_LOAD_MINUTES=$(MINUTES) $(BIN)/pytest -q -o python_files='slow_*.py' tests/slow

format: set-up
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet .

docs: set-up
	@$(BIN)/mkdocs build --strict

pictures: set-up
	@$(BIN)/python tools/pictures.py

# dev.txt is made first and holds every version; the others are parts of it, so that what is tested is what is installed.
locks: set-up
	@$(COMPILE) --extra desk --extra population --output-file requirements/dev.txt pyproject.toml requirements/dev.in
	@$(COMPILE) --constraint requirements/dev.txt --output-file requirements/base.txt pyproject.toml
	@$(COMPILE) --constraint requirements/dev.txt --extra desk --output-file requirements/desk.txt pyproject.toml
	@$(COMPILE) --constraint requirements/dev.txt --extra population --output-file requirements/population.txt pyproject.toml
	@$(COMPILE) --constraint requirements/dev.txt --extra cluster --output-file requirements/cluster.txt pyproject.toml
	@$(COMPILE) --constraint requirements/dev.txt --output-file requirements/bench.txt pyproject.toml requirements/bench.in
