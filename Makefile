# What a person runs here. `make` alone starts Massline; everything else is for those who change it.
SHELL := /bin/bash
.DEFAULT_GOAL := up
.PHONY: up square test test-full check format bench drills lock sbom release
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode
STYLES := $(BIN)/deno fmt --line-width 110
SBOM := build
RELEASE := build/release
# The time that stands in every file of a release: that of the last commit, so that two builds give the same bytes.
RELEASED := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),1577836800)
VERSION := $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' massline/__init__.py)
LIST := $(BIN)/cyclonedx-py requirements --pyproject $(SBOM)/pyproject.toml --mc-type application --output-reproducible --of JSON
LOCK := $(BIN)/uv export --quiet --frozen --no-emit-project --no-header
# What only organisers' pages, estimates and backups need: the square alone runs without.
DESK_ONLY := argon2-cffi confusable-homoglyphs cryptography django-htmx django-ninja feedparser fido2 openpyxl py3langid pyrage python-calamine scipy \
	shamir-mnemonic snowballstemmer

up: .venv/.installed  ## Install what is needed and start both doors with the demonstration
	@exec $(BIN)/massline up --demo $(ARGS)

square: .venv/.tool requirements-square.lock pyproject.toml  ## Install only what the square needs, for a host of its own
	$(INSTALL) --require-hashes -r requirements-square.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .

test: .venv/.tested  ## Run the tests; ARGS="tests/jobs -x" chooses
	$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

test-full: .venv/.tested  ## Run the tests with all trials of the long ones; ARGS chooses
	$(MAKE) test ARGS="--full $(ARGS)"

check: .venv/.tested  ## Everything a machine can say about the code without running it
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache
	git ls-files '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	git ls-files '*.html' | xargs $(BIN)/djangofmt --check
	! git ls-files '*.html' | LC_ALL=C.UTF-8 xargs grep -nE '.{121}'
	git ls-files '*.css' '*.js' | xargs $(STYLES) --check
	$(BIN)/mypy

format: .venv/.tested  ## Lay out code, templates, styles and scripts the way `make check` wants them
	$(BIN)/ruff check --fix --select I --quiet
	$(BIN)/ruff format
	git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2 || true
	git ls-files '*.html' | xargs $(BIN)/djangofmt
	git ls-files '*.css' '*.js' | xargs $(STYLES)

bench: .venv/.tested  ## Measure on real data beside peers; writes docs/bench.md
	$(MAKE) test-full ARGS=tests/engine
	set -e; for name in opinion opinion_partial_rerun opinion_robustness opinion_fresh_seeds opinion_alike_detection opinion_decision_radius representation themes mood mood_surge pulse pulse_held_out pulse_reachable pulse_baselines scale large_conversation_latency; do $(BIN)/python -m bench.$$name; done
	$(BIN)/python -m bench.report

drills: .venv/.tested  ## Do to the house what must never hurt it; DRILLS=short for their short forms, or names
	$(BIN)/python -m drills $(DRILLS)

lock: .venv/.tool  ## Take the newest versions that pyproject.toml allows; no address is kept
	$(BIN)/uv lock --upgrade
	$(LOCK) --no-dev -o requirements.lock
	$(LOCK) --no-dev $(addprefix --prune ,$(DESK_ONLY)) -o requirements-square.lock
	$(LOCK) --group dev -o requirements-dev.lock
	$(LOCK) --only-group tool -o requirements-tool.lock
	$(LOCK) --only-group sbom -o requirements-sbom.lock

sbom: .venv/.sbom  ## List every package of both installations, with its hashes, as CycloneDX in build/
	@mkdir -p $(SBOM)
	@sed 's/^dynamic = \["version"\]/version = "$(VERSION)"/' pyproject.toml > $(SBOM)/pyproject.toml
	$(LIST) -o $(SBOM)/massline.cdx.json requirements.lock
	$(LIST) -o $(SBOM)/square.cdx.json requirements-square.lock

release: .venv/.sbom  ## Wheel, source, locks, lists of packages, notes and checksums in build/release; KEY=FILE signs with an SSH key
	@grep -q '^## $(VERSION)' CHANGELOG.md || { echo "CHANGELOG.md has nothing about $(VERSION)." >&2; exit 1; }
	@rm -rf $(RELEASE) && mkdir -p $(RELEASE)
	SOURCE_DATE_EPOCH=$(RELEASED) $(BIN)/uv build --quiet --python $(BIN)/python --no-build-isolation --no-create-gitignore -o $(RELEASE)
	cp requirements.lock requirements-square.lock $(RELEASE)
	$(MAKE) --no-print-directory sbom SBOM=$(RELEASE) && rm $(RELEASE)/pyproject.toml
	awk '/^## / { here = ($$2 == "$(VERSION)") } here' CHANGELOG.md > $(RELEASE)/NOTES.md
	cd $(RELEASE) && sha256sum -- * > SHA256SUMS
	@test -z "$(KEY)" || ssh-keygen -q -Y sign -n massline -f "$(KEY)" $(RELEASE)/SHA256SUMS
	@! grep -q '^## $(VERSION).*unreleased' CHANGELOG.md || echo "The notes still call $(VERSION) unreleased." >&2
	@cat $(RELEASE)/SHA256SUMS

.venv/.tool: requirements-tool.lock
	@found=$$(for python in python3 python3.13 python3.12 python3.11 python3.14; do \
		$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done); \
	test -x $(BIN)/python || test -n "$$found" || \
		{ echo "Massline needs Python 3.11 or newer with its venv module (on Debian: apt install python3 python3-venv)." >&2; exit 1; }; \
	test -x $(BIN)/python || $$found -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tool.lock
	@touch $@

.venv/.installed: .venv/.tool requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.sbom: .venv/.tool requirements-sbom.lock
	$(INSTALL) --require-hashes -r requirements-sbom.lock
	@touch $@

.venv/.tested: .venv/.installed .venv/.sbom requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
