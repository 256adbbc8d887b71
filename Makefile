# Everything that is run by name. `make serve` to use the app, `make test` for every check.
#
# What the build needs besides Rust is put into one folder of the user's cache, under this project's name and the
# version, so that a second run (or a second copy of the source) finds it there and nothing global changes.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8080
CHROMIUM ?= /usr/bin/chromium
CHROMEDRIVER ?= /usr/bin/chromedriver
FIREFOX ?= /usr/bin/firefox-esr
export CHROMIUM CHROMEDRIVER FIREFOX

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/chancery
TRUNK_VERSION := 0.21.14
# wasm-bindgen's tool must have the version of its crate.
BINDGEN_VERSION := $(shell sed -n 's/^wasm-bindgen = { version = "=\([0-9.]*\)".*/\1/p' Cargo.toml)
TRUNK := $(CACHE)/trunk-$(TRUNK_VERSION)/bin/trunk
BINDGEN := $(CACHE)/wasm-bindgen-$(BINDGEN_VERSION)/bin/wasm-bindgen

WASM := wasm32-unknown-unknown
TOOLS := --no-default-features --features tools
# Trunk takes wasm-bindgen from PATH. It reads NO_COLOR as a truth value and stops at NO_COLOR=1. The program must
# not carry the paths of the machine that built it. `erase_components` makes Leptos draw through erased types: of many
# components it leaves a program that is a tenth smaller.
RUN_TRUNK = env -u NO_COLOR PATH="$(dir $(BINDGEN)):$$PATH" \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components --remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}=cargo --remap-path-prefix=$(CURDIR)=chancery" \
	$(TRUNK)
# Optimising them is most of the time it takes to install them; a build is half a second quicker for it at most.
INSTALL = CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
	CARGO_PROFILE_RELEASE_STRIP=true cargo install

.PHONY: help
help:
	@echo "make serve   build the app and serve it on http://localhost:$(PORT) (PORT=...)"
	@echo "make test    every check: format, lints, native and browser tests, whole-page tests, size"
	@echo "make build   write dist/ (any static server) and dist/chancery.html (one file, opens from a disk)"
	@echo "make check   the quick loop: format, lints, native tests"
	@echo "make dev     like serve, with a debug build: quick to rebuild, slow to run"

# ---- what the app needs -------------------------------------------------------------------------------------

.PHONY: setup rust crates
setup: rust crates $(TRUNK) $(BINDGEN)

rust:
	@command -v cargo >/dev/null || { echo "Rust is missing. Install it from https://rustup.rs, then run this again."; exit 1; }
	@test -d "$$(rustc --print target-libdir --target $(WASM))" || { \
		command -v rustup >/dev/null || { echo "Rust's target $(WASM) is missing. Install it, then run this again."; exit 1; }; \
		echo "== Adding Rust's target $(WASM)"; rustup target add $(WASM); }

# Trunk builds without the network, so the crates are fetched before.
crates: rust
	@cargo fetch --quiet --locked

$(TRUNK): | rust
	@echo "== Installing Trunk $(TRUNK_VERSION) into $(CACHE) (once; some minutes)"
	@$(INSTALL) trunk --version =$(TRUNK_VERSION) --locked --no-default-features --features rustls --root "$(CACHE)/trunk-$(TRUNK_VERSION)"

$(BINDGEN): | rust
	@echo "== Installing wasm-bindgen $(BINDGEN_VERSION) into $(CACHE) (once; a minute or two)"
	@$(INSTALL) wasm-bindgen-cli --version =$(BINDGEN_VERSION) --no-default-features --root "$(CACHE)/wasm-bindgen-$(BINDGEN_VERSION)"

# ---- use ----------------------------------------------------------------------------------------------------

.PHONY: serve dev build
serve: setup
	@echo "== Building; then open http://localhost:$(PORT)"
	@$(RUN_TRUNK) serve --port $(PORT) --dist target/serve

dev: setup
	@echo "== Building; then open http://localhost:$(PORT)"
	@$(RUN_TRUNK) serve --port $(PORT) --dist target/serve --release=false

build: setup
	@echo "== Release build"
	@$(RUN_TRUNK) build

# ---- checks -------------------------------------------------------------------------------------------------

.PHONY: check test fmt lint test-native test-oracles doc test-web size test-pages test-typed
check: rust fmt lint test-native

test: setup browsers fmt lint test-native test-oracles doc test-web build size test-pages test-typed
	@echo "== Every check passed"

fmt:
	@echo "== Format"
	@cargo fmt --all --check

lint:
	@echo "== Lints, native and wasm"
	@cargo clippy --locked --no-default-features --all-targets -- -D warnings
	@cargo clippy --locked $(TOOLS) --all-targets -- -D warnings
	@cargo clippy --locked --target $(WASM) --lib --bins --test web -- -D warnings

test-native:
	@echo "== Native tests"
	@cargo test --locked $(TOOLS)

# Comparisons with other implementations are a package of their own, because these are large.
test-oracles:
ifneq ($(wildcard tests/oracles/Cargo.toml),)
	@echo "== Comparison with other implementations"
	@cargo test --locked -p chancery-oracles
endif

doc:
	@echo "== Documentation"
	@RUSTDOCFLAGS="-D warnings" cargo doc --locked --quiet --no-deps --lib --target $(WASM)

test-web: $(BINDGEN) browsers
	@echo "== Tests of the browser side, in Chromium"
	@mkdir -p target && sed 's|/usr/bin/chromium|$(CHROMIUM)|' tests/webdriver.json > target/webdriver.json
	@# A time zone that is not UTC, so that an offset counted the wrong way is seen.
	@TZ=Asia/Kolkata CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$(BINDGEN)-test-runner" \
		WASM_BINDGEN_TEST_WEBDRIVER_JSON=target/webdriver.json WASM_BINDGEN_TEST_TIMEOUT=120 \
		cargo test --locked --target $(WASM) --test web

size: build
	@echo "== Size of what is sent"
	@node tests/e2e/bytes.mjs

test-pages: build browsers tests/e2e/node_modules/.package-lock.json
	@echo "== Whole-page tests in Chromium; the start in Firefox"
	@cd tests/e2e && node_modules/.bin/playwright test

# What the page tests typed and exported, validated by another implementation.
test-typed: test-pages
	@echo "== The typed reports against an independent validator"
	@cargo test --locked -p chancery-oracles --features typed --test typed

# ---- what the browser tests need ----------------------------------------------------------------------------

.PHONY: browsers
browsers:
	@tests/e2e/browsers.sh

tests/e2e/node_modules/.package-lock.json: tests/e2e/package.json tests/e2e/package-lock.json
	@echo "== Fetching the page tests' packages"
	@cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error
	@touch $@
