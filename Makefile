# `make` says what there is. Everything is started from here, by people and by .ci/run alike.
.DEFAULT_GOAL := help
SHELL = /bin/sh
.PHONY: help build release test fault load fuzz sanitize lint format demo demo-down bench install clean packages

# What a fresh Debian 12 with Swift, git and make lacks.
BUILD_PACKAGES = libssh-dev libssl-dev libyaml-dev pkg-config
TEST_PACKAGES = shellcheck openssh-server openssh-client sudo util-linux busybox procps iproute2 iptables openssl python3 python3-venv tmux curl haproxy nginx-light libnginx-mod-stream
LAB ?= yes
LAB_STATE ?= /var/lib/mooc-cluster-lab
export LAB_STATE
PREFIX ?= /usr/local
SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
TOOL = .build/release/mooc-cluster

help: ## Say what can be made
	@echo 'make demo   brings up a cluster with Open edX on this machine'
	@echo 'make test   runs every test'
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  %-12s %s\n' "$$name" "$$text"; done

packages:
	@.ci/packages $(BUILD_PACKAGES)

build: packages ## Build for development
	$(SWIFT_BUILD)

release: packages ## Build the executable to ship: one file, the Swift runtime within
	@echo 'building mooc-cluster (some minutes the first time)'
	$(SWIFT_BUILD) -c release --static-swift-stdlib --product mooc-cluster

test: packages ## Run every test; LAB=no leaves out those on the lab's nodes
	@[ '$(LAB)' = no ] || sh Tests/Lab/lab check || { echo 'make test LAB=no leaves the lab out'; exit 1; }
	@.ci/packages $(TEST_PACKAGES)
	.ci/lint
	$(SWIFT_BUILD) --build-tests
	@.ci/test '$(LAB)'

demo: ## Bring up Kubernetes and Open edX on three nodes on this machine (needs root)
	@sh Tests/Lab/lab check
	@$(MAKE) --no-print-directory release
	@echo 'bringing up the lab (the first time it compiles Kubernetes and builds images: some twenty minutes; later: seconds)'
	sh Tests/Lab/up $(TOOL) n1 n2 n3
	$(TOOL) up --inventory $(LAB_STATE)/inventory.yml
	@sh Tests/Lab/summary $(TOOL)

demo-down: ## Take the demo down and restore this machine; what was cached stays
	sh Tests/Lab/lab down

bench: release ## Measure against xargs with ssh, pyinfra and Ansible on loopback hosts (needs root; ALL=yes: an hour)
	@.ci/packages openssh-server openssh-client python3 python3-venv
	python3 Tests/Bench/bench.py $(if $(ALL),--all) $(TOOL)

fault: packages ## Disturb runs at every place (hours); STRIDE in bytes, or CUT, RESUME, KILL, STOP, POWER (LOGIN), STEP alone
	@[ '$(LAB)' = no ] || sh Tests/Lab/lab check || { echo 'make fault LAB=no leaves the lab out'; exit 1; }
	@.ci/packages $(TEST_PACKAGES)
	$(SWIFT_BUILD) --build-tests
	@STRIDE='$(STRIDE)' CUT='$(CUT)' RESUME='$(RESUME)' KILL='$(KILL)' STOP='$(STOP)' POWER='$(POWER)' \
		LOGIN='$(LOGIN)' STEP='$(STEP)' .ci/fault '$(LAB)'

load: packages ## Change Open edX on the lab while learners ask and tasks wait (a quarter of an hour); NODES (n1 n2)
	@sh Tests/Lab/lab check
	@.ci/packages $(TEST_PACKAGES)
	$(SWIFT_BUILD) --build-tests
	sh Tests/Lab/up .build/debug/mooc-cluster $(or $(NODES),n1 n2)
	MOOC_CLUSTER_LAB=required MOOC_CLUSTER_LOAD='$(or $(NODES),n1 n2)' \
		swift test --disable-xctest --skip-build --filter LabTests.UnderLoad

fuzz: packages ## Fuzz the readers; SECONDS for each (3600), TARGETS of Tests/Fuzz/corpus (all)
	Tests/Fuzz/run $(or $(SECONDS),3600) $(TARGETS)

sanitize: packages ## Run the modules' tests under the sanitizers KINDS (thread address); TESTS names modules' tests alone
	@.ci/packages $(TEST_PACKAGES)
	@TESTS='$(TESTS)' .ci/sanitize $(KINDS)

lint: ## Check format, shell and the house's rules
	@.ci/packages shellcheck
	.ci/lint

format: ## Format the Swift files
	swift format --in-place --recursive --parallel Sources Tests Package.swift

install: release ## Install executable, manual pages and completion below PREFIX (default /usr/local)
	install -D -m 755 -s $(TOOL) '$(DESTDIR)$(PREFIX)/bin/mooc-cluster'
	@sh .ci/install-share $(TOOL) '$(DESTDIR)$(PREFIX)/share'

clean: ## Remove what was built here; the lab's cache outside of the tree stays
	rm -rf .build
