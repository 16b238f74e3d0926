# Everything people do by hand. `make` lists it.
SHELL := /bin/sh
BIN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help content run test talk telegram transcripts train check format fuzz audit asvs lock rasa-train rasa-shell rasa-test-nlu bench evaluate clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

run: .venv/runtime ## serve everything on http://localhost:8080 (first start: install and train)
	@$(BIN)/adempauze train
	@exec $(BIN)/adempauze serve

test: .venv/dev ## prove everything: style, types, imports, unit, conversation and browser tests
	@$(MAKE) --no-print-directory check
	@$(BIN)/adempauze train
	@sh scripts/prove

talk: .venv/runtime ## talk in the terminal (a practice talk: nothing is kept or sent)
	@$(BIN)/adempauze train
	@exec $(BIN)/adempauze talk

telegram: .venv/runtime ## a Telegram bot on this machine; tells how to get a token when there is none
	@$(BIN)/adempauze train
	@exec $(BIN)/adempauze telegram

transcripts: .venv/dev ## play every written talk and make pages of it, to read in transcripts/
	@$(BIN)/adempauze train
	@$(BIN)/python -m tests.conversations.book

train: .venv/runtime ## train the model if it is missing or stale
	@$(BIN)/adempauze train

content: .venv/dev ## what is wrong with the texts and examples that editors write
	@$(BIN)/python -m tests.content

check: .venv/dev ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/dev ## put the code in its format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fuzz: .venv/dev ## throw 100,000 nasty inputs at every channel (FUZZ=1000000 for more); `make test` throws 2,000
	@$(BIN)/adempauze train
	@ADEMPAUZE_FUZZ=$${FUZZ:-100000} $(BIN)/python -m pytest tests/fuzz

audit: ## hold the locked libraries against published advisories; fails when no source of these can be reached
	@sh scripts/audit

asvs: .venv/dev ## write docs/asvs.md anew from docs/asvs.yml
	@$(BIN)/python -m scripts.asvs

bench: .venv/dev ## turn time, start-up, memory and training time, beside Rasa's default pipeline
	@$(BIN)/adempauze train
	@$(BIN)/python -m bench

evaluate: .venv/runtime ## how well people are understood, beside simpler systems, into bench/EVALUATION.md (EVALUATE=--without-diet)
	@$(BIN)/adempauze train
	@$(BIN)/python -m bench.evaluation $(EVALUATE)

lock: .venv/dev ## resolve the dependencies of pyproject.toml anew into the two lock files
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml -q --python $(BIN)/python --no-emit-index-url --no-emit-find-links --generate-hashes -o requirements.lock
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml -q --extra dev --python $(BIN)/python --no-emit-index-url --no-emit-find-links --generate-hashes -c requirements.lock -o requirements-dev.lock

rasa-train: .venv/runtime ## plain `rasa train` on this repository
	@$(BIN)/rasa train --data nlu_data --domain domain.yml --config config.yml --out models/rasa

rasa-shell: .venv/runtime ## plain `rasa shell`, with our actions behind a local HTTP server
	@$(MAKE) --no-print-directory rasa-train
	@$(BIN)/python -m channels.cli.action_server & server=$$!; trap "kill $$server" EXIT; \
	$(BIN)/rasa shell --model models/rasa --endpoints endpoints.yml

rasa-test-nlu: .venv/dev ## plain `rasa test nlu`, cross-validated on the training data
	@$(BIN)/rasa test nlu --nlu nlu_data/nlu --config config.yml --domain domain.yml --cross-validation --folds 3 --out test-results

clean: ## remove what can be made again (not var/: that holds data)
	@rm -rf .venv models .rasa .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results

.venv/runtime: requirements.lock scripts/install scripts/find-python
	@sh scripts/install requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock scripts/install scripts/find-python
	@sh scripts/install requirements-dev.lock
	@touch .venv/runtime $@
