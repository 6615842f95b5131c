# make demo · make test : both do all the set-up on a fresh Debian or Ubuntu machine with Swift 6.2+.
# Everything is built once, optimised, and shared by demo, test, check and bench.

SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
BUILD := $(SWIFT) build -c release
# --disable-testable-imports: tests use public and package API only, so that they share the user's build.
TESTS := --disable-testable-imports
# What is built here is for this machine: with AVX2 where it has it. CPU= builds for any x86-64.
CPU ?= $(if $(shell grep -sw avx2 /proc/cpuinfo | grep -w fma | grep -w bmi2),haswell)
export PULSO_CPU := $(CPU)
ARCHIVES := $(CURDIR)/.build-install/archives
DEMO_FOLDER ?= .build/pulso-demo
OWN := Package.swift Sources Tests $(wildcard benchmarks/Package.swift benchmarks/Benchmarks benchmarks/Sources)

.PHONY: help deps build demo test check bench installable install docs format clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

deps: ## install OpenBLAS, LAPACK and SQLite headers where they are missing
	@bash .ci/deps

build: deps ## the optimised `pulso` in .build/release
	@$(BUILD) --product pulso

demo: build ## a small company: simulate → features → train → score → segment
	@.build/release/pulso demo --out $(DEMO_FOLDER)

test: deps ## build everything and run all tests
	@$(BUILD) --build-tests
	@$(SWIFT) test -c release --skip-build --disable-xctest $(TESTS)

check: deps ## format, and a build in which our own warnings are errors
	@$(SWIFT) format lint --strict --recursive --parallel $(OWN)
	@PULSO_WARNINGS_AS_ERRORS=1 $(BUILD) --build-tests

bench: installable ## fits, scores and files beside their peers, one table at the end; see benchmarks/README.md
	@bash benchmarks/run

# Libraries as archives, where the machine has them, at fixed addresses: binding 15,000 symbols and moving 100,000
# pointers took half of the time that a command needs to start. None is sought beside the program.
installable: deps
	@bash .ci/archives $(ARCHIVES)
	@PKG_CONFIG_PATH=$(ARCHIVES) $(BUILD) --product pulso --static-swift-stdlib --disable-local-rpath \
	  --scratch-path .build-install \
	  -Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	  -Xlinker --no-export-dynamic

install: installable ## one binary in $(PREFIX)/bin that needs nothing but the C library
	@install -D -m 755 .build-install/release/pulso $(PREFIX)/bin/pulso
	@$(PREFIX)/bin/pulso --version

docs: deps ## the reference as static pages under .build/docs
	@mkdir -p .build/docs
	@for room in LogisticRegression Scoring Segmentation; do \
	  $(SWIFT) package --allow-writing-to-directory .build/docs/$$room generate-documentation \
	    --target $$room --output-path .build/docs/$$room --transform-for-static-hosting || exit 1; \
	done

format: ## rewrite the sources in the house style
	@$(SWIFT) format --in-place --recursive --parallel $(OWN)

clean:
	@rm -rf .build .build-install
