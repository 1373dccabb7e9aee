# SPDX-License-Identifier: LGPL-3.0-or-later
#
# syswall. `make help` names the targets, `make V=1` shows the commands.

VERSION := 0.1.0

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CFLAGS  ?= -O2 -g

PKG_CONFIG   ?= pkg-config
CLANG_FORMAT ?= $(or $(shell command -v clang-format-14),clang-format)
CLANG_TIDY   ?= $(or $(shell command -v clang-tidy-14),clang-tidy)
PYTHON       ?= /usr/bin/python3
JOBS         ?= $(shell nproc)
FUZZ_SECONDS ?= 60

LIBRARIES := libcjson libseccomp readline

# ---- flags -----------------------------------------------------------------

warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wvla -Wundef -Wpointer-arith -Wwrite-strings \
	-Wformat=2 -Wimplicit-fallthrough $(if $(WERROR),-Werror)
hardening := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
ifdef SANITIZE
hardening := -fsanitize=$(SANITIZE) -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
endif
ifdef COVERAGE
hardening := --coverage -O0
endif

# The one script that a page of ours may run, as its policy names it.
page_script := src/report/html/page.js
page_sha256 := $(shell env printf "$$(sha256sum <$(page_script) | \
	cut -c1-64 | sed 's/../\\x&/g')" | base64)

cppflags := -Iinclude -D_GNU_SOURCE -DSYSWALL_VERSION='"$(VERSION)"' \
	-DSYSWALL_PAGE_SHA256='"$(page_sha256)"' \
	$(shell $(PKG_CONFIG) --cflags $(LIBRARIES)) $(CPPFLAGS)
cflags := -std=gnu11 -pthread $(warnings) $(CFLAGS) -fPIE $(hardening)
ldflags := -pie -Wl,-z,relro,-z,now $(LDFLAGS)
ldlibs := $(shell $(PKG_CONFIG) --libs $(LIBRARIES)) -lresolv

depend = -MMD -MP -MF $@.d -MT $@
compile = $(CC) $(cppflags) $(cflags) $(depend)
link = $(compile) $(ldflags)

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))

# ---- files -----------------------------------------------------------------

sources  := $(wildcard src/*/*.c src/arch/*/*.c)
profiles := $(wildcard profiles/*.json)
headers  := $(wildcard include/*/*.h)
main     := src/app/main.c
objects  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(main),$(sources)))
library  := $(BUILD)/libsyswall.a
program  := $(BUILD)/syswall

in_build  = $(patsubst %.c,$(BUILD)/%,$(wildcard $(1)))
unit     := $(call in_build,tests/unit/test_*.c)
helpers  := $(call in_build,tests/programs/*.c tests/attacks/*.c \
	tests/differential/*.c)
unpinned := $(BUILD)/tests/unpinned/syswall
faults   := $(BUILD)/tests/faults/syswall
benches  := $(call in_build,tests/bench/*.c)
fuzzers  := $(call in_build,tests/fuzz/*.c)
seeds    := $(fuzzers:$(BUILD)/tests/fuzz/%=$(BUILD)/tests/seeds/%)

places   := $(wildcard src include tests tools .ci docs completions profiles)
c_files  := $(shell find $(wildcard src include tests) -name '*.[ch]')
# Scripts are known by their first line.
scripts   = $(shell find $(places) -type f ! -path '*/__pycache__/*' \
	-exec awk 'FNR == 1 { if (/^\#!.*[\/ ]($(1))( |$$)/) print FILENAME; nextfile }' {} +)
man      := $(wildcard docs/man/*.[1-8])

# ---- build -----------------------------------------------------------------

.PHONY: all
all: $(program) ## build the program (the default)

$(program): $(BUILD)/src/app/main.o $(library)
	$(call say,LD,$@)
	$(Q)$(link) -o $@ $^ $(ldlibs)

$(library): $(objects)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(compile) -c -o $@ $<

# They take bytes in (.incbin).
$(BUILD)/src/policy/profile.o: $(profiles)
$(BUILD)/src/report/html.o: $(wildcard src/report/html/*)

$(BUILD)/tests/unit/%: tests/unit/%.c $(library) Makefile
	$(call say,TEST,$@)
	$(Q)mkdir -p $(@D) && $(link) -o $@ $< $(library) $(ldlibs) \
		$(shell $(PKG_CONFIG) --libs cmocka)

# syswall as it must not be: the attacks have to win against it.
$(unpinned): tests/unpinned/unpinned.c $(BUILD)/src/app/main.o $(library)
	$(call say,TEST,$@)
	$(Q)mkdir -p $(@D) && $(link) -o $@ $< $(BUILD)/src/app/main.o \
		$(library) $(ldlibs) \
		$(foreach name,tracer_pin tracer_isolate alone_begin,-Wl,--wrap=$(name))

$(BUILD)/tests/bench/%: tests/bench/%.c $(library) Makefile
	$(call say,BENCH,$@)
	$(Q)mkdir -p $(@D) && $(link) -o $@ $< $(library) $(ldlibs)

# What the engine asks the kernel, fuzz_stops.c answers.
kernel := waitpid ptrace kill getpgid nanosleep procfs_process_of \
	space_is_shared arch_regs_read arch_regs_write
%/fuzz_stops: wraps := $(kernel:%=-Wl,--wrap=%)

$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(library) Makefile
	$(call say,FUZZ,$@)
	$(Q)mkdir -p $(@D) && $(link) -fsanitize=fuzzer $(wraps) -o $@ $< \
		$(library) $(ldlibs)

# The seeds once more, with any compiler.
$(BUILD)/tests/seeds/%: tests/fuzz/%.c tests/fuzz/replay.h $(library) Makefile
	$(call say,TEST,$@)
	$(Q)mkdir -p $(@D) && $(link) -include tests/fuzz/replay.h $(wraps) \
		-o $@ $< $(library) $(ldlibs)

# A second syswall, whose calls fail when tests/e2e/faults.py says so.
faulty := malloc calloc realloc strdup waitpid process_vm_readv read write \
	memfd_create mmap readlink fork ptrace ioctl fcntl syscall open openat

$(faults): tests/faults/wrap.c $(BUILD)/src/app/main.o $(library)
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D) && $(link) -Wno-missing-prototypes \
		$(faulty:%=-Wl,--wrap=%) -o $@ $^ $(ldlibs)

# Traced programs: plain, whatever syswall itself is built with.
$(BUILD)/tests/%: tests/%.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) -O1 -Wall -pthread $(depend) -o $@ $<

-include $(shell test -d $(BUILD) && find $(BUILD) -type f -name '*.d')

# ---- test ------------------------------------------------------------------

.PHONY: tests check check-asan check-valgrind bench fuzz run-fuzzers coverage
tests: all $(unit) $(helpers) $(faults) $(unpinned) $(benches) $(seeds)

check: tests ## build and run all tests (TESTS="FILE..." runs only these)
	$(Q)tools/run-tests $(BUILD) $(TESTS)

check-asan: ## the same under AddressSanitizer and UBSan, in build-asan/
	$(Q)ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99:print_stacktrace=1 \
	$(MAKE) BUILD=build-asan SANITIZE=address,undefined CFLAGS='-O1 -g' check

check-valgrind: $(unit) ## the unit tests under valgrind
	$(Q)tools/run-tests --under \
		'valgrind -q --leak-check=full --error-exitcode=99' $(BUILD)

bench: tests ## measure against strace, ratios only
	$(Q)SYSWALL=$(abspath $(program)) TEST_BUILD=$(abspath $(BUILD)) \
	tests/bench/run --write docs/performance.md

fuzz: ## run each fuzzer for FUZZ_SECONDS (60), in build-fuzz/
	$(Q)$(MAKE) CC=clang BUILD=build-fuzz CFLAGS='-O1 -g' \
		SANITIZE=address,fuzzer-no-link run-fuzzers

run-fuzzers: $(fuzzers)
	$(Q)for fuzzer in $(^F); do \
		corpus=$(BUILD)/corpus/$$fuzzer; \
		seeds=tests/fuzz/seeds/$$fuzzer; \
		dict=tests/fuzz/$$fuzzer.dict; \
		mkdir -p $$corpus || exit 1; \
		echo "  FUZZ  $$fuzzer, $(FUZZ_SECONDS) s"; \
		test -d $$seeds || seeds=; \
		test -f $$dict && dict=-dict=$$dict || dict=; \
		$(BUILD)/tests/fuzz/$$fuzzer -max_total_time=$(FUZZ_SECONDS) \
			-timeout=10 -verbosity=0 -print_final_stats=1 \
			-artifact_prefix=$(BUILD)/$$fuzzer- \
			$$dict $$corpus $$seeds || exit 1; \
	done

coverage: ## which lines the tests reach, in build-coverage/
	$(Q)$(MAKE) BUILD=build-coverage COVERAGE=1 check
	$(Q)tools/coverage build-coverage

# ---- lint ------------------------------------------------------------------

lints := layers format tidy cppcheck shell man spelling python
.PHONY: lint $(lints:%=lint-%) format analyze
lint: $(lints:%=lint-%) ## all checks that run nothing; each alone: make lint-NAME

lint-layers: ## who may include whom (tools/layers)
	$(Q)CC='$(CC)' tools/lint-layers

lint-format: ## clang-format
	$(Q)$(CLANG_FORMAT) --dry-run -Werror $(c_files)

tidy = printf '%s\n' $(sources) | xargs -P $(JOBS) -I {} \
	$(CLANG_TIDY) --quiet $(1) {} -- $(cppflags) $(cflags)

# Its path analysis takes fifty times as long as all the rest: `make analyze`.
lint-tidy: ## clang-tidy
	$(Q)$(call tidy,'--checks=-clang-analyzer-*')

lint-cppcheck: ## cppcheck
	$(Q)cppcheck --quiet -j $(JOBS) --error-exitcode=1 --inline-suppr \
		--enable=warning,performance,portability --std=c11 \
		--library=posix --library=gnu -Iinclude $(sources)

lint-shell: ## shellcheck
	$(Q)shellcheck -x $(call scripts,sh|bash|bats) $(wildcard completions/*.bash)

lint-man: ## mandoc
	$(if $(man),$(Q)mandoc -T lint -W warning $(man))

lint-spelling: ## codespell
	$(Q)codespell $(wildcard *.md) Makefile $(places)

lint-python: ## the syntax of the Python scripts
	$(Q)PYTHONPYCACHEPREFIX=$(BUILD)/pycache $(PYTHON) -m py_compile \
		$(sort $(call scripts,python3) $(shell find $(places) -name '*.py'))

format: ## lay out the C files anew
	$(Q)$(CLANG_FORMAT) -i $(c_files)

analyze: ## the deep analysers: clang-tidy, gcc -fanalyzer and scan-build
	$(Q)$(call tidy)
	$(Q)$(MAKE) CC=gcc BUILD=build-analyze CFLAGS='-O1 -g -fanalyzer' all
	$(Q)scan-build --status-bugs -o build-analyze/report \
		$(MAKE) BUILD=build-analyze/scan all

# ---- install ---------------------------------------------------------------

data_dir  := $(DESTDIR)$(PREFIX)/share
doc_dir   := $(data_dir)/doc/syswall
man1      := $(filter %.1,$(man))
man5      := $(filter %.5,$(man))
documents := $(wildcard README.md SECURITY.md NEWS.md docs/*.md docs/*.json)
examples  := $(wildcard docs/examples/*)
bash_file := $(data_dir)/bash-completion/completions/syswall
zsh_file  := $(data_dir)/zsh/site-functions/_syswall
fish_file := $(data_dir)/fish/vendor_completions.d/syswall.fish

# What is not there yet is not installed.
install_all = $(if $(2),install -D -m 644 -t $(1) $(2))
install_as  = $(if $(wildcard $(1)),install -D -m 644 $(1) $(2))

.PHONY: install uninstall dist hooks clean help
install: all ## install below $(DESTDIR)$(PREFIX), by default /usr/local
	install -D -m 755 $(program) $(DESTDIR)$(PREFIX)/bin/syswall
	$(call install_all,$(doc_dir),$(documents))
	$(call install_all,$(doc_dir)/examples,$(examples))
	$(call install_all,$(doc_dir)/profiles,$(profiles))
	$(call install_all,$(data_dir)/man/man1,$(man1))
	$(call install_all,$(data_dir)/man/man5,$(man5))
	$(call install_as,completions/syswall.bash,$(bash_file))
	$(call install_as,completions/_syswall,$(zsh_file))
	$(call install_as,completions/syswall.fish,$(fish_file))

uninstall: ## remove what install put there
	rm -rf $(doc_dir)
	rm -f $(DESTDIR)$(PREFIX)/bin/syswall \
		$(addprefix $(data_dir)/man/man1/,$(notdir $(man1))) \
		$(addprefix $(data_dir)/man/man5/,$(notdir $(man5))) \
		$(bash_file) $(zsh_file) $(fish_file)

dist: ## the last commit as build/syswall-VERSION.tar.gz
	$(Q)mkdir -p $(BUILD)
	$(Q)git archive --prefix=syswall-$(VERSION)/ \
		-o $(BUILD)/syswall-$(VERSION).tar.gz HEAD

hooks: ## check format and layers before each commit of this clone
	git config core.hooksPath tools/hooks

clean: ## remove everything that was built
	rm -rf $(BUILD) build build-asan build-fuzz build-coverage build-analyze

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18
