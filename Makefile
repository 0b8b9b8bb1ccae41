# `make` says what there is. Everything is started from here, by people and by .ci/run alike.
.DEFAULT_GOAL := help
.PHONY: help build release test lint format demo demo-down bench install clean packages

# What a fresh Debian 12 with Swift, git and make lacks.
BUILD_PACKAGES = libssh-dev libyaml-dev pkg-config
TEST_PACKAGES = shellcheck openssh-server openssh-client busybox python3 python3-venv
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

release: packages
	@echo 'building mooc-cluster (some minutes the first time)'
	$(SWIFT_BUILD) -c release --static-swift-stdlib --product mooc-cluster

lint: ## Check format, shell and the house's rules
	@.ci/packages shellcheck
	.ci/lint

format: ## Format the Swift files
	swift format --in-place --recursive --parallel Sources Tests Package.swift

install: release ## Install the executable below PREFIX (default /usr/local)
	install -D -m 755 -s $(TOOL) '$(DESTDIR)$(PREFIX)/bin/mooc-cluster'

clean: ## Remove what was built here; the lab's cache outside of the tree stays
	rm -rf .build
