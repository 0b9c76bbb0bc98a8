# What one can do here. Everything needs Rust (see rust-toolchain.toml); the rest is installed when missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: web help run check test evaluate endurance generate bench release deb pictures lighthouse

lints := -D warnings
target := $(or $(CARGO_TARGET_DIR),target)
# Real data that is not part of the repository.
DATA ?= ../shared/data
long := cargo test --locked --test api -- --include-ignored --nocapture
longer := cargo test --locked --release --test api -- evaluate:: calls::speed:: --include-ignored --skip the_whole_country --skip a_year

help: ## Say what one can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: web ## Build the service to try it out, and serve the demo on http://127.0.0.1:8080
	cargo build --locked
	scripts/run $(target)/debug/giothong

web: ## Build the web app that is embedded in the binary
	scripts/prepare build
	scripts/web

check: ## Look at format and lints, and test on SQLite: before every commit
	cargo fmt --check
	cargo clippy --locked --all-targets --quiet -- $(lints)
	cargo test --locked --lib --bins --tests --quiet

test: ## Everything the continuous integration asks, but the real data
	scripts/prepare test
	scripts/web
	cargo fmt --check
	cargo clippy --locked --all-targets -- $(lints)
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps
	cargo test --locked --lib --bins --tests
	scripts/postgres run cargo test --locked --test api
	scripts/browser $(target)/debug/giothong
	scripts/schemathesis $(target)/debug/giothong
	scripts/mails $(target)/debug/giothong

evaluate: export GIOTHONG_DATA = $(shell realpath '$(DATA)')
evaluate: ## Tests that need the real data in DATA (../shared/data), and a year of reminders, on both databases
	@test -d '$(DATA)' || { echo "There is no folder $(DATA): give the real data with DATA=FOLDER" >&2; exit 1; }
	$(long) evaluate::the_whole_country
	scripts/postgres run $(long) evaluate::the_whole_country
	scripts/together '$(long) waves::a_thousand_calls evaluate::a_year' 'scripts/postgres run $(long) evaluate::a_year'

endurance: ## Tests that take long: 50,000 rows of a list, ten killed services, 10,000 asks on each database
	$(longer)
	scripts/postgres run $(longer)

generate: ## Write again what is generated and committed: docs/openapi.json
	GENERATE=1 cargo test --locked --test api contract::openapi -- --quiet

release: web ## Build the binary that runs anywhere on x86-64 Linux with glibc
	cargo build --release --locked --features vendored-tls
	@ls -l $(target)/release/giothong

deb: release ## Put the release binary into a package for Debian and Ubuntu
	scripts/deb

bench: ## Measure speed against its limits, beside pgbench: about a quarter of an hour
	scripts/prepare test
	bench/run

pictures: web ## Make the pictures of README and guides anew, in a browser
	scripts/prepare test
	cargo build --locked
	scripts/pictures $(target)/debug/giothong

lighthouse: web ## Measure the web app with Lighthouse, and its first visit on slow 3G
	scripts/prepare test
	cargo build --release --locked
	npm --prefix web/lighthouse ci --no-audit --no-fund
	scripts/browser --serve $(target)/release/giothong node lighthouse/run.mjs
