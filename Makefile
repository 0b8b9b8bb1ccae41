# `make` says what there is. Everything is started from here, by people and by .ci/run alike.
.DEFAULT_GOAL := help
SHELL = /bin/sh
.PHONY: help build release test lint format lab demo demo-down bench install clean packages

# What a fresh Debian 12 with Swift, git and make lacks.
BUILD_PACKAGES = libssh-dev libyaml-dev pkg-config
TEST_PACKAGES = shellcheck openssh-server openssh-client busybox python3 python3-venv
PREFIX ?= /usr/local
SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
TOOL = .build/release/mooc-cluster

# `make test LAB=no` leaves out the tests that need the lab's nodes.
LAB ?= yes
# Where the lab keeps what is slow to build, and where its nodes live (Tests/Lab/README.md).
export LAB_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mooc-cluster
export LAB_STATE ?= /var/lib/mooc-cluster-lab
export LAB_NODES ?= n1 n2 n3
LAB_VALUES = -e LAB_DIR='$(CURDIR)/Tests/Lab' -e LAB_CACHE='$(LAB_CACHE)' -e LAB_STATE='$(LAB_STATE)' \
	-e LAB_NODES='$(LAB_NODES)'

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

test: packages ## Run every test, those on the lab's real nodes included; LAB=no leaves these out
	@[ '$(LAB)' = no ] || Tests/Lab/lab check || { echo '`make test LAB=no` leaves the lab out'; exit 1; }
	@.ci/packages $(TEST_PACKAGES)
	.ci/lint
	$(SWIFT_BUILD) --build-tests
	@.ci/test '$(LAB)'

lint: ## Check format, shell and the house's rules
	@.ci/packages shellcheck
	.ci/lint

format: ## Format the Swift files
	swift format --in-place --recursive --parallel Sources Tests Package.swift

# Run by the executable itself: the lab is its first user.
lab:
	@echo 'preparing the lab; what it stands on is built once, some twenty minutes, and then kept in $(LAB_CACHE)'
	@$(TOOL) play -i Tests/Lab/machine.yml $(LAB_VALUES) $(sort $(wildcard Tests/Lab/playbooks/*.yml))

demo: ## Bring up a lab of three nodes on this machine, and a cluster with Open edX on it (needs root)
	@Tests/Lab/lab check
	@$(MAKE) --no-print-directory release lab
	$(TOOL) up -i '$(LAB_STATE)/inventory.yml' --yes
	@Tests/Lab/after-demo '$(TOOL)' '$(LAB_STATE)'

demo-down: ## Take the lab down again; its cache stays
	Tests/Lab/lab down

bench: release ## Time mooc-cluster beside its peers on 50 loopback hosts (needs root)
	@.ci/packages openssh-server openssh-client python3 python3-venv
	/usr/bin/python3 Tests/Bench/bench.py $(TOOL)

install: release ## Install the executable below PREFIX (default /usr/local)
	install -D -m 755 -s $(TOOL) '$(DESTDIR)$(PREFIX)/bin/mooc-cluster'

clean: ## Remove what was built here; the lab's cache outside of the tree stays
	rm -rf .build
