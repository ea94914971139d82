# Everything is built in one configuration (release). Tests don't use @testable: with --disable-testable-imports they
# compile the modules with the same flags as the product, so `run` and `test` share one build, and the tests exercise
# the very binary that is measured.

fibq := .build/release/fibq
swift_test := swift test -c release --disable-testable-imports

.DEFAULT_GOAL := help
.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\# .*/\1/p' $(firstword $(MAKEFILE_LIST)))

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## check the Swift toolchain, install the Debian or Ubuntu packages that are missing
	@scripts/setup.sh

build: setup ## build .build/release/fibq, and what power cuts need
	swift build -c release --product fibq
	swift build -c release --product SyncRecorder

run: build ## run the default scenario (more flags: make run ARGS="--duration 5s")
	$(fibq) run scenarios/default.yaml $(ARGS)

# Tests that block hold the threads that asynchronous ones need, so those have a process of their own.
test: setup ## build and run the tests (some: make test ARGS="--filter RedisTests")
	$(if $(ARGS),$(swift_test) $(ARGS),$(swift_test) --skip MessagingTests)
	$(if $(ARGS),,$(swift_test) --skip-build --filter MessagingTests)

valkey := .build/valkey/valkey-server

test-valkey: setup ## the queue's tests on Valkey: one server, Sentinels, a Cluster, and their failovers
	@notebooks/setup.sh $(notebooks_folder)/venv
	@scripts/valkey.sh $(notebooks_folder)/venv/bin/python $(valkey)
	FIBQ_REDIS_SERVER=$(abspath $(valkey)) $(swift_test) --filter 'ConformanceTests|FailoverTests|TopologyConnectionTests'

test-slow: setup ## the Fibonacci numbers' slow checks: n to 10^8, Pisano periods of every prime to 2,000
	FIBQ_SLOW_TESTS=1 $(swift_test) --filter SlowFibonacciTests

lint: ## check the format of the Swift sources, strictly
	swift format lint --strict --recursive $(wildcard Package.swift Sources Tests Benchmarks/*.swift Benchmarks/Sources)

bench: build ## measure throughput: lease protocol, fib-iterative n=90, backlog
	$(fibq) run scenarios/throughput.yaml $(ARGS)

bench-fibonacci: setup ## time the Fibonacci library against the same work in C, interleaved (OUT=folder: to files, too)
	swift build --package-path Benchmarks -c release --product FibonacciRatios
	$(if $(OUT),mkdir -p $(OUT))
	Benchmarks/.build/release/FibonacciRatios $(if $(OUT),$(OUT)/ratios.csv)
	$(if $(OUT),scripts/describe-machine.sh >$(OUT)/ratios.txt)

bench-flint: setup ## time FLINT's multiplication against GMP's, with the memory of both (needs libflint-dev)
	@mkdir -p .build
	@echo '#include <flint/fft.h>' | $(CC) -E - >.build/flint.i || \
		{ echo "FLINT is not installed: apt-get install libflint-dev" >&2; exit 69; }
	$(CC) -O2 -Wall -Wextra -Werror -o .build/flint-against-gmp Benchmarks/Flint/flint-against-gmp.c -lflint -lgmp
	$(if $(OUT),mkdir -p $(OUT))
	.build/flint-against-gmp $(if $(OUT),>$(OUT)/flint.csv && cat $(OUT)/flint.csv)
	$(if $(OUT),scripts/describe-machine.sh >$(OUT)/flint.txt)

count_instructions := Benchmarks/Micro/count-instructions.py
micro_benchmarks := Benchmarks/.build/release/MicroBenchmarks

bench-micro: setup ## count the instructions of single operations, in two minutes (OUT=folder; needs valgrind)
	@$(count_instructions)
	swift build --package-path Benchmarks -c release --product MicroBenchmarks
	$(count_instructions) $(micro_benchmarks) $(if $(OUT),--write $(OUT)/instructions.csv)

check-micro: setup ## has one of them grown? Counts them, and compares with the baseline (needs valgrind)
	@$(count_instructions)
	swift build --package-path Benchmarks -c release --product MicroBenchmarks
	$(count_instructions) $(micro_benchmarks) --against Benchmarks/Micro/instructions-$(shell uname -m).csv

bench-messages: build ## place messages through the queue and by a bare client, in turn, and print the ratios (OUT=folder)
	$(if $(OUT),mkdir -p $(OUT))
	Benchmarks/Messages/queue-against-bare.sh $(fibq) $(if $(OUT),$(OUT)/ratios.csv)
	$(if $(OUT),scripts/describe-machine.sh >$(OUT)/ratios.txt)

ceiling: setup ## build .build/ceiling: in C, the least that each way to queue needs
	@mkdir -p .build
	$(CC) -O2 -Wall -Wextra -Werror -o .build/ceiling $(wildcard Benchmarks/Ceiling/C/*.c) -lhiredis -lm

bench-queue: build ceiling ## hold the queue against C that does the least of it, in half an hour (OUT=folder)
	Benchmarks/Ceiling/queue_against_c.py $(fibq) .build/ceiling $(OUT)

bench-floor: ceiling ## what each way to queue carries in C, at each durability, in ten minutes (OUT=folder)
	Benchmarks/Ceiling/floor.py .build/ceiling $(OUT)

bench-peers: build ## hold the queue against dramatiq, celery, rq and others, in half an hour; FAST=1: in five minutes (OUT=folder)
	@Benchmarks/Peers/setup.sh .build/peers
	@PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=Benchmarks/Peers .build/peers/redis-8/bin/python -m peerbench $(fibq) .build/peers \
		$(if $(OUT),--out $(OUT)); status=$$?; $(if $(OUT),scripts/describe-machine.sh >$(OUT)/machine.txt;) exit $$status

messages: build ## 100,000 messages to a slow sink by two workers with 64 slots each
	$(fibq) run scenarios/messages.yaml $(ARGS)

sweep-io: build ## the sweep of messages and computing in every proportion, in eleven minutes (OUT=folder)
	$(fibq) sweep scenarios/io.yaml $(if $(OUT),--out $(OUT)) $(ARGS)

faults: build ## the fault matrices, in half an hour (OUT=folder)
	$(fibq) faults scenarios/faults.yaml $(if $(OUT),--out $(OUT)/faults) $(ARGS)
	$(fibq) faults scenarios/faults-others.yaml $(if $(OUT),--out $(OUT)/faults-others) $(ARGS)
	$(fibq) faults scenarios/faults-monitors.yaml $(if $(OUT),--out $(OUT)/faults-monitors) $(ARGS)

durability: build ## what each durability loses and costs, in twenty minutes (OUT=folder)
	$(fibq) faults scenarios/durability.yaml $(if $(OUT),--out $(OUT)/durability) $(ARGS)
	$(fibq) faults scenarios/fail-over.yaml $(if $(OUT),--out $(OUT)/fail-over) $(ARGS)
	$(fibq) sweep scenarios/durability-cost.yaml $(if $(OUT),--out $(OUT)/durability-cost) $(ARGS)

failover: build ## what is lost when another server becomes master, and the fault matrix on each topology, in an hour (OUT=folder)
	$(fibq) faults scenarios/faults-topologies.yaml $(if $(OUT),--out $(OUT)/faults-topologies) $(ARGS)
	$(fibq) faults scenarios/failover.yaml $(if $(OUT),--out $(OUT)/failover) $(ARGS)

failover-500: build ## kill a master that Sentinels watch more than 500 times, in 45 minutes (OUT=folder; go on: ARGS=--resume)
	$(fibq) faults scenarios/failover-500.yaml $(if $(OUT),--out $(OUT)) $(ARGS)

recovery: build ## a million orphaned tasks, and 0, 1, 2 or 8 monitors, in some minutes (OUT=folder)
	$(fibq) recovery $(if $(OUT),--out $(OUT)) $(ARGS)

growth: build ## what a task costs as the queue grows, and what measuring costs, in some ten minutes (OUT=folder)
	$(fibq) growth $(if $(OUT),--out $(OUT)) $(ARGS)

scale: build ## what a task costs over shards and Redis processes, in half an hour (OUT=folder)
	$(fibq) scale $(if $(OUT),--out $(OUT)) $(ARGS)

plan: build ## how many nodes, workers and machines does a load need? By results/scale (ARGS="--rate 1e6 --backlog 1e9 …")
	$(fibq) plan $(ARGS)

shards: build ## more shards and fewer under load: is anything lost? In five minutes (OUT=folder)
	$(fibq) faults scenarios/shards.yaml $(if $(OUT),--out $(OUT)) $(ARGS)

queueing: build ## measured waits against the theory of queues, in some twenty minutes (OUT=folder)
	$(fibq) queueing $(if $(OUT),--out $(OUT)) $(ARGS)

knee-check: build ## does fibq knee find a knee that is known? In some fifteen minutes (OUT=folder)
	$(fibq) queueing --knee --service 2ms $(if $(OUT),--out $(OUT)) $(ARGS)

live-workers: build ## do throttled or starved workers keep their leases? In twenty minutes (OUT=folder)
	$(fibq) sweep scenarios/throttled.yaml $(if $(OUT),--out $(OUT)/throttled) $(ARGS)
	$(fibq) sweep scenarios/starved.yaml $(if $(OUT),--out $(OUT)/starved) $(ARGS)

throttled-check: build ## is throttling real, and as forecast? A t2.small with and without credits, in six minutes (OUT=folder)
	$(fibq) sweep scenarios/t2-small-throttled.yaml --out $(or $(OUT),.build/throttled-check) $(ARGS)
	$(fibq) limits check $(or $(OUT),.build/throttled-check)

identical: build ## two set-ups that are the same, twelve times each: are they called different? In three minutes (OUT=folder)
	$(fibq) sweep scenarios/identical.yaml $(if $(OUT),--out $(OUT)) $(ARGS)

t2-small: build ## what does a t2.small carry, with credits and without? In less than forty minutes (OUT=folder)
	$(fibq) sweep scenarios/t2-small.yaml $(if $(OUT),--out $(OUT)) $(ARGS)

soak: build ## half an hour with a random fault each second (OUT=folder)
	$(fibq) run scenarios/soak.yaml $(if $(OUT),--out $(OUT)) $(ARGS)

hosts: build ## one run whose parts are on four hosts with clocks of their own; takes root (OUT=folder)
	scripts/hosts.sh $(fibq) $(if $(OUT),--out $(OUT)) $(ARGS)

everysec: build ## kill Redis 200 times while it syncs slowly: what does everysec lose? In 17 minutes (OUT=folder)
	mkdir -p $(or $(OUT),.build)
	FIBQ_SLOW_TESTS=1 FIBQ_RESULTS=$(abspath $(or $(OUT),.build))/sigkills.csv $(swift_test) --filter SlowEverysecTests

check: build ## search the protocols' states in small worlds, in half a minute
	$(fibq) check $(ARGS)

accuracy: build ## make the Fibonacci study anew, in some minutes (to a folder of your own: make accuracy OUT=my-study)
	$(fibq) accuracy --study $(if $(OUT),--out $(OUT)) $(ARGS)

notebooks_folder := .build/notebooks
notebooks_python := PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=notebooks $(notebooks_folder)/venv/bin/python

notebooks: ## execute the notebooks, to pages in .build/notebooks (on another run: make notebooks ARGS="--set run=results/soak")
	@notebooks/setup.sh $(notebooks_folder)/venv
	@$(notebooks_python) -m reading.execute $(notebooks_folder) $(ARGS)

check-notebooks: ## check the notebooks, their loader and their figures, and execute them
	@notebooks/setup.sh $(notebooks_folder)/venv
	$(notebooks_folder)/venv/bin/ruff check --no-cache notebooks
	$(notebooks_folder)/venv/bin/ruff format --no-cache --check notebooks
	$(notebooks_python) -m pytest --config-file notebooks/pyproject.toml notebooks/tests
	@$(notebooks_python) -m reading.execute $(notebooks_folder) --whole

check-parity: build ## do fibq report and the pages say the same of the committed results?
	@notebooks/setup.sh $(notebooks_folder)/venv
	$(notebooks_python) -m pytest --config-file notebooks/pyproject.toml notebooks/parity

readme: ## make README.md and docs/ anew from notebooks/reading/templates and results/
	@notebooks/setup.sh $(notebooks_folder)/venv
	@$(notebooks_python) -m reading.readme

pair-notebooks: ## write each notebook anew from its script, after a change of that
	@notebooks/setup.sh $(notebooks_folder)/venv
	@$(notebooks_python) -m reading.pairing

report: ## make a page of results, with its figures as files (make report RUN="results/<id> …"; OUT=folder)
	@test -n "$(RUN)" || { echo 'name folders of results: make report RUN="results/<id> …"' >&2; exit 64; }
	@notebooks/setup.sh $(notebooks_folder)/venv
	@$(notebooks_python) -m reading.report $(RUN) $(if $(OUT),--out $(OUT))

log: ## write an entry of the log (make log RUN="results/<id> …" TITLE=… SLUG=… FORCE=1; without RUN: all of them anew)
	@notebooks/setup.sh $(notebooks_folder)/venv
	@$(notebooks_python) -m reading.log $(RUN) $(if $(TITLE),--title "$(TITLE)") \
		$(if $(SLUG),--slug $(SLUG)) $(if $(FORCE),--force)

check-pages: ## open reports of committed results in a browser: is every figure there, and nothing missing or too wide?
	@notebooks/setup.sh $(notebooks_folder)/venv browser
	$(notebooks_python) -m pytest --config-file notebooks/pyproject.toml notebooks/browser

check-deploy: build ## check the image, the template and the units in deploy/, and start what they start, on loopback
	@deploy/check.sh .build/deploy $(fibq)

check-arm64: ## what of fibq can be built for arm64 here, and run under qemu? Says what is missing (needs qemu-user-static)
	@scripts/check-arm64.sh

clean: ## remove .build
	rm -rf .build
