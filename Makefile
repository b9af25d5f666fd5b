# `make run` and `make test` need Debian 12 or the like, with python3 (3.11 or later) and make.

PYTHON := .venv/bin/python
PORT ?= 8000
export PORT

# Written by hand: the words of dates, and what Django leaves untranslated.
MESSAGES_ELSEWHERE := --ignore "config/*" --ignore "relations/dates/*" --ignore "tests/*" --ignore "var/*"

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format messages screenshots requirements manage

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

run: ## Install, load the demonstration and serve it on http://127.0.0.1:8000 (PORT=... for another port).
	@deploy/virtual_environment.sh requirements.txt
	@deploy/local.sh $(PYTHON) manage.py prepare
	@deploy/local.sh deploy/serve.sh

dev: ## The same with DEBUG and a server that reloads changed code.
	@deploy/virtual_environment.sh requirements-dev.txt
	@DEBUG=True deploy/local.sh $(PYTHON) manage.py prepare
	@DEBUG=True deploy/local.sh $(PYTHON) manage.py runserver "127.0.0.1:$(PORT)"

test: ## Run all tests on SQLite, with a browser, and then on PostgreSQL (ARGS="-k visit" to choose).
	@deploy/virtual_environment.sh requirements-dev.txt
	@tests/run.sh $(ARGS)

manage: ## Run a command of the local installation: make manage DO="createsuperuser".
	@deploy/local.sh $(PYTHON) manage.py $(DO)

lint: ## Check the code without changing it.
	@deploy/virtual_environment.sh requirements-dev.txt
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .

format: ## Put the code into shape.
	@deploy/virtual_environment.sh requirements-dev.txt
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

messages: ## Collect interface texts into the catalogues of relations/locale (needs the gettext package).
	@deploy/local.sh $(PYTHON) manage.py makemessages --all --no-obsolete --add-location file $(MESSAGES_ELSEWHERE)

screenshots: ## Make the pictures of docs/editors.md (needs Chromium, which `make test` installs).
	@deploy/virtual_environment.sh requirements-dev.txt
	@$(PYTHON) -m pytest -q -p tests.conftest docs/screenshots.py

requirements: ## Pin the packages named in requirements*.in, with hashes.
	@deploy/virtual_environment.sh requirements-dev.txt
	@deploy/pin_requirements.sh
