# Everything is built in one configuration (release). Tests don't use @testable: with --disable-testable-imports they
# compile the modules with the same flags as the product, so `run` and `test` share one build, and the tests exercise
# the very binary that is measured.

fibq := .build/release/fibq

.DEFAULT_GOAL := help
.PHONY: help setup build run test lint bench clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## check the Swift toolchain, install the Debian or Ubuntu packages that are missing
	@scripts/setup.sh

build: setup ## build .build/release/fibq
	swift build -c release --product fibq

run: build ## run the default scenario (more flags: make run ARGS="--duration 5s")
	$(fibq) run scenarios/default.yaml $(ARGS)

test: setup ## build and run the tests (some: make test ARGS="--filter RedisTests")
	swift test -c release --disable-testable-imports $(ARGS)

lint: ## check the format of the Swift sources, strictly
	swift format lint --strict --recursive $(wildcard Package.swift Sources Tests Benchmarks/Package.swift)

bench: build ## measure throughput: lease protocol, fib-iterative n=90, backlog
	$(fibq) run scenarios/throughput.yaml $(ARGS)

clean: ## remove .build
	rm -rf .build
