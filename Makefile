# perfeval: `make run` evaluates the shipped rules, `make test` runs every test, `make help` lists the rest.
VERSION  = 0.1.0

CC      ?= cc
CFLAGS  ?= $(OPTIMIZE)
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
DESTDIR ?=
BUILD    = build
RULES    = rules/2019.lua
# DEPS=no: never install packages.  WERROR=1: a warning is an error.
DEPS    ?= yes
WERROR  ?=
# empty, asan, valgrind, counts, fuzz, afl or coverage; the targets of these names set it
VARIANT  =

MAKEFLAGS += --no-print-directory
export DEPS

FLOORS  := base io model lua app
SOURCES := $(foreach floor,$(FLOORS),$(sort $(wildcard engine/$(floor)/*.c)))
# the program holds them packed
TEXTS   := $(addprefix engine/base/,message_codes.c message_inputs.c message_texts.c)
OBJECTS := $(patsubst engine/%.c,$(BUILD)/obj/%.o,$(filter-out $(TEXTS),$(SOURCES))) \
           $(BUILD)/obj/base/message_table.o $(BUILD)/obj/lua/shipped_scripts.o
ENGINE  := $(filter-out $(BUILD)/obj/app/main.o,$(OBJECTS))
PROGRAM := $(BUILD)/perfeval

# Parts that lie in files of their own, each with the libraries it needs; a machine without those builds the rest.
MODULE_NAMES := office sqlite pdf zip store xlsxwrite
office_rooms    := zip xml value xlsx ods hwpx office
office_packages := minizip expat
office_debian   := libminizip-dev libexpat1-dev
sqlite_rooms    := dbfile sqlite
sqlite_packages := sqlite3
sqlite_debian   := libsqlite3-dev
pdf_rooms       := pdf_marks fonts paper figure pdf_table pdf
pdf_packages    := pangocairo pangoft2 fontconfig cairo-pdf
pdf_debian      := libcairo2-dev libpango1.0-dev
# asked anew for each command: the packages may just have been installed
PDF_INCLUDE      = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I $(pdf_packages) 2>/dev/null))
store_rooms     := dbfile store
store_packages  := sqlite3
store_debian    := libsqlite3-dev
zip_rooms       := pack
zip_packages    := minizip
zip_debian      := libminizip-dev
xlsxwrite_rooms    := xlsxwrite
xlsxwrite_packages := xlsxwriter
xlsxwrite_debian   := libxlsxwriter-dev
MODULES_BUILT = $(foreach name,$(MODULE_NAMES),$(if $(shell pkg-config --exists $($(name)_packages) 2>/dev/null \
	&& echo yes),$(BUILD)/modules/$(name).so))

# The library, and the module of stock Lua over it.
SONAME  := libperfeval.so.0
LIBRARY := $(BUILD)/$(SONAME)
API     := $(patsubst engine/%.c,$(BUILD)/obj/%.o,$(filter-out %/lua_module.c,$(wildcard engine/library/*.c)))

UNITS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZ    := $(filter-out office store,$(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
REPLAYS := $(FUZZ:%=$(BUILD)/tests/fuzz_%)
# Targets that a module is linked into, where it can be built; asked anew for each command.
FUZZ_OF_MODULES = $(foreach name,office store,$(if $(shell pkg-config --exists $($(name)_packages) 2>/dev/null && echo yes),$(name)))
HOSTED  := $(wildcard tests/module/*.c)
BENCH   := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
HOST    := $(if $(HOSTED),$(BUILD)/tests/perfeval_engine.so)

C_SOURCES := $(SOURCES) $(wildcard engine/module/*.c engine/library/*.c engine/packaging/*.c) \
             $(wildcard tests/*.c tests/unit/*.c tests/fuzz/*.c) $(HOSTED) $(wildcard tests/bench/*.c)
C_FILES   := $(C_SOURCES) $(wildcard engine/packaging/examples/*.c engine/*/*.h tests/unit/*.h tests/fuzz/*.h tests/module/*.h)
SHELL_FILES := .ci/run engine/packaging/install-deps $(wildcard scripts/cluster/*.sh tests/*.sh tests/faults/*.sh tests/cluster/*.sh tests/documents/*.sh tests/fuzz/*.sh tests/bench/*.sh tests/bench/peers/*.sh)

ifeq ($(VARIANT),asan)
# -g1: what a trace of calls shows, lines and names
OPTIMIZE   = -O1 -g1 -fno-omit-frame-pointer
INSTRUMENT = -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -DPERFEVAL_INSTRUMENTED=1 -DMEMORY_POOL_PLAIN=1
else ifeq ($(VARIANT),valgrind)
OPTIMIZE   = -O1 -g1
# a tenth of the rounds of random checks (tests/unit/random.h)
INSTRUMENT = -DPERFEVAL_INSTRUMENTED=1 -DMEMORY_POOL_PLAIN=1 -DRANDOM_ONE_IN=11 -DLIMITS_LOAD_SECONDS=60.0
else ifeq ($(VARIANT),counts)
OPTIMIZE   = -O2 -g1
INSTRUMENT = -DPERFEVAL_INSTRUMENTED=1 -DLIMITS_LOAD_SECONDS=60.0
else ifeq ($(VARIANT),fuzz)
OPTIMIZE   = -O1 -gline-tables-only -fno-omit-frame-pointer
INSTRUMENT = -fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow -fno-sanitize-recover=all -DPERFEVAL_INSTRUMENTED=1
FUZZER     = -fsanitize=fuzzer
else ifeq ($(VARIANT),coverage)
OPTIMIZE   = -O0 -g
INSTRUMENT = --coverage -fprofile-update=atomic -DPERFEVAL_INSTRUMENTED=1
# the first into programs, whose children end without counting; the other into modules, which count for themselves
COVERED        = tests/coverage.c -Wl,--wrap=_exit,--wrap=kill
COVERED_MODULE = tests/coverage_module.c
else
OPTIMIZE   = -O2 -g
# _FORTIFY_SOURCE=3 makes exports 3 % slower, all of these together with 2 at most 2 %
HARDEN    := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection \
             $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
endif

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
       -Wundef -Wvla $(if $(filter 1,$(WERROR)),-Werror)
# -isystem: the macros of lua.h are not ours to warn about
LUA_INCLUDE := $(patsubst -I%,-isystem %,$(or $(strip $(shell \
	pkg-config --cflags-only-I lua5.4 2>/dev/null)),-I/usr/include/lua5.4))
DEFINES = -D_GNU_SOURCE -DPERFEVAL_VERSION=\"$(VERSION)\" -DPERFEVAL_SHARE=\"$(PREFIX)/share/perfeval\"
# -fPIC everywhere: the same objects go into the program and into the Lua module of the tests
FLAGS   = -std=c11 -pthread -fPIC -fno-semantic-interposition -Iengine $(LUA_INCLUDE) $(DEFINES) $(CPPFLAGS) \
          $(WARN) $(HARDEN) $(INSTRUMENT) $(CFLAGS)
COMPILE = $(CC) $(FLAGS)
# relocations by ranges: pages fewer to read at every start
RANGES := $(shell $(CC) -Wl,--help 2>/dev/null | grep -q pack-relative-relocs && echo -Wl,-z,pack-relative-relocs)
LINK    = -pie -Wl,-z,relro,-z,now $(RANGES) $(COVERED) $(LDFLAGS)
LIBS    = -lcjson -lgmp -lutf8proc -lnettle -lm -ldl
# static, so that the program runs where no Lua is installed and no other Lua is picked up
# The second half: hashes of Lua get the seed of engine/lua/seed.c
LUA_LIB = -l:liblua5.4.a -Wl,-u,seed_of_hashes,--wrap=luaS_hash,--defsym=__wrap_luaS_hash=seed_of_hashes
# GMP and utf8proc static too: a library more costs a short run several percent. GMP=-lgmp: the program takes the
# shared one. The library keeps a copy of its own, whose allocator it sets for nobody else (library/born).
GMP     ?= -l:libgmp.a
PROGRAM_LIBS = $(LUA_LIB) -lcjson $(GMP) -l:libutf8proc.a -l:libnettle.a -lm -ldl

# Everything make says while it builds goes to stderr: stdout belongs to the report of `make run`.
say = printf '  %-5s %s\n' $(1) $(2) >&2

all: build ## build the program (default)
build: $(PROGRAM) modules

run: build ## evaluate RULES (rules/2019.lua) and print the report
	@$(PROGRAM) run $(RULES)

# ---- packages: a goal of one of these names needs the package set of the same name

DEPSETS := $(filter run test lint valgrind fuzz fuzz-afl deb,$(MAKECMDGOALS)) $(if $(filter bench-counts,$(MAKECMDGOALS)),valgrind)

deps:
	@$(if $(DEPSETS),engine/packaging/install-deps $(DEPSETS))

# ---- build

# Copied: a file that is written in one go lies in the system's memory in larger pieces, and starts in a twentieth less
# time than one that a linker has put together.
$(PROGRAM): $(OBJECTS)
	@$(call say,LINK,$@)
	@$(COMPILE) $(LINK) -o $@.linked $^ $(PROGRAM_LIBS)
	@cp $@.linked $@.new && mv $@.new $@ && rm $@.linked

$(BUILD)/obj/%.o: engine/%.c $(BUILD)/flags | deps
	@$(call say,CC,$<)
	@mkdir -p $(@D)
	@$(COMPILE) $(VECTOR) $(HIDE) -MMD -MP -c -o $@ $<

# The scripts that come with the program, compiled (lua/shipped).
SHIPPED := $(sort $(wildcard scripts/*.lua scripts/reports/*.lua scripts/formats/*.lua))
$(BUILD)/embed: engine/packaging/embed.c $(BUILD)/flags | deps
	@$(call say,CC,$<)
	@$(CC) -std=c11 $(WARN) $(LUA_INCLUDE) $(OPTIMIZE) -o $@ $< -l:liblua5.4.a -lm -ldl
$(BUILD)/obj/lua/shipped_scripts.c: $(BUILD)/embed $(SHIPPED)
	@mkdir -p $(@D)
	@$(BUILD)/embed $(SHIPPED) >$@.new
	@mv $@.new $@
$(BUILD)/obj/lua/shipped_scripts.o: $(BUILD)/obj/lua/shipped_scripts.c
	@$(call say,CC,$(@F:.o=.c))
	@$(COMPILE) -c -o $@ $<

# The table of texts, without addresses (base/message_build).
$(BUILD)/pack_messages: engine/packaging/pack_messages.c $(TEXTS) engine/base/message.h engine/base/message_build.h \
		$(wildcard engine/base/messages/*.inc) $(BUILD)/flags | deps
	@$(call say,CC,$<)
	@$(CC) -std=c11 $(WARN) -Iengine $(OPTIMIZE) -o $@ $(filter %.c,$^)
$(BUILD)/obj/base/message_table.c: $(BUILD)/pack_messages
	@mkdir -p $(@D)
	@$(BUILD)/pack_messages >$@.new
	@mv $@.new $@
$(BUILD)/obj/base/message_table.o: $(BUILD)/obj/base/message_table.c
	@$(call say,CC,$(@F:.o=.c))
	@$(COMPILE) -c -o $@ $<

# Loops written for vector code; nothing may be fused, so that every machine gets the same bits.
$(BUILD)/obj/model/answers.o $(BUILD)/obj/model/kernels.o $(BUILD)/obj/model/blockwise.o $(BUILD)/obj/model/run_bands.o \
$(BUILD)/obj/lua/lanes.o $(BUILD)/obj/lua/program.o: VECTOR = -O3 -ffp-contract=off

# Changes only when the command line of the compiler does, and then everything is built again.
$(BUILD)/flags: FORCE | deps
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(LINK) $(PROGRAM_LIBS)' | cmp -s - $@ || echo '$(COMPILE) $(LINK) $(PROGRAM_LIBS)' >$@

# ---- modules

# By another make, since which of them can be built is known once packages are installed.
modules: $(PROGRAM)
	@$(MAKE) built-modules

built-modules: $(MODULES_BUILT) $(BUILD)/modules/left-out

# Says once which modules are left out, and what they need.
LEFT_OUT = $(foreach name,$(MODULE_NAMES),$(if $(filter $(BUILD)/modules/$(name).so,$(MODULES_BUILT)),,$(name) ($($(name)_debian))))
$(BUILD)/modules/left-out: FORCE
	@mkdir -p $(@D)
	@echo '$(strip $(LEFT_OUT))' | cmp -s - $@ || { echo '$(strip $(LEFT_OUT))' >$@; \
		test -z '$(strip $(LEFT_OUT))' || echo '  modules left out for want of packages: $(strip $(LEFT_OUT))' >&2; }

# The rooms of base/ and io/ that a module needs are linked into it and hidden (base/module).
$(BUILD)/modules/base.a: $(filter $(BUILD)/obj/base/% $(BUILD)/obj/io/%,$(ENGINE))
	@mkdir -p $(@D)
	@rm -f $@.new
	@ar rcs $@.new $^
	@mv $@.new $@

define module_rule
$(BUILD)/modules/$(1).so: $($(1)_rooms:%=$(BUILD)/obj/module/%.o) $(BUILD)/modules/base.a $(BUILD)/flags
	@$$(call say,LINK,$$@)
	@$$(COMPILE) -shared -Wl,--exclude-libs,ALL $(LDFLAGS) -Wl,-z,relro,-z,now -o $$@ $(COVERED_MODULE) $($(1)_rooms:%=$(BUILD)/obj/module/%.o) \
		$(BUILD)/modules/base.a $$$$(pkg-config --libs $($(1)_packages)) -lgmp -lutf8proc -lm
endef
$(foreach name,$(MODULE_NAMES),$(eval $(call module_rule,$(name))))

$(BUILD)/obj/module/%.o: HIDE = -fvisibility=hidden
$(pdf_rooms:%=$(BUILD)/obj/module/%.o): HIDE = -fvisibility=hidden $(PDF_INCLUDE)

# ---- library

library: $(LIBRARY) $(BUILD)/libperfeval.a $(BUILD)/lua/perfeval.so ## build the C library and the Lua module

# Only what perfeval.h declares is seen; Lua, GMP and the like within it are the library's own (library/born).
VERSIONS = engine/library/perfeval.map
OWN_STREAMS = $(foreach name,stdin stdout stderr,-Wl,--wrap=$(name),--defsym=__wrap_$(name)=born_$(name))
$(LIBRARY): $(API) $(BUILD)/tests/engine.a $(VERSIONS) $(BUILD)/flags
	@$(call say,LINK,$@)
	@$(COMPILE) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=$(VERSIONS) -Wl,-z,relro,-z,now \
		$(OWN_STREAMS) $(LDFLAGS) -o $@ $(API) $(BUILD)/tests/engine.a $(PROGRAM_LIBS:-lgmp=-l:libgmp.a)

# One object, in which every other name is hidden; GMP is the program's, with its allocator.
$(BUILD)/libperfeval.a: $(filter-out %/born.o,$(API)) $(BUILD)/tests/engine.a $(VERSIONS) $(BUILD)/flags
	@$(call say,LINK,$@)
	@sed -n 's/^    \(perfeval_[a-z_]*\);$$/\1/p' $(VERSIONS) >$(BUILD)/libperfeval.names
	@$(CC) -r -nostdlib -o $(BUILD)/libperfeval.o $(filter %.o,$^) $(BUILD)/tests/engine.a $(LUA_LIB)
	@objcopy --keep-global-symbols=$(BUILD)/libperfeval.names $(BUILD)/libperfeval.o
	@rm -f $@
	@ar rcs $@ $(BUILD)/libperfeval.o

# Loaded by a stock Lua, whose functions it finds there.
$(BUILD)/lua/perfeval.so: $(BUILD)/obj/library/lua_module.o $(LIBRARY)
	@$(call say,LINK,$@)
	@mkdir -p $(@D)
	@$(COMPILE) -shared -Wl,-z,relro,-z,now $(LDFLAGS) -o $@ $< $(LIBRARY)

# ---- tests

# An archive, so that a unit test may include the .c file of its room with other constants.
$(BUILD)/tests/engine.a: $(ENGINE) $(API)
	@mkdir -p $(@D)
	@rm -f $@.new
	@ar rcs $@.new $^
	@mv $@.new $@

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/tests/engine.a $(BUILD)/flags
	@$(call say,TEST,$<)
	@$(COMPILE) -MMD -MP -MF $@.d -MT $@ $(LINK) -o $@ $< $(BUILD)/tests/engine.a \
		-lcmocka $(LUA_LIB) $(LIBS)

# A fuzz target over its seeds; with VARIANT=fuzz the search for more.
$(BUILD)/tests/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(wildcard tests/fuzz/*.h) $(BUILD)/tests/engine.a $(BUILD)/flags
	@$(call say,FUZZ,$<)
	@$(COMPILE) -Itests/unit -MMD -MP -MF $@.d -MT $@ $(LINK) $(FUZZER) -o $@ $< $(FUZZ_PARTS) \
		$(if $(FUZZER),,tests/fuzz/replay.c) $(BUILD)/tests/engine.a $(FUZZ_LIBS) $(LUA_LIB) $(LIBS)

$(BUILD)/tests/fuzz_office: FUZZ_PARTS = $(office_rooms:%=$(BUILD)/obj/module/%.o)
$(BUILD)/tests/fuzz_office: FUZZ_LIBS = $$(pkg-config --libs $(office_packages)) -lz
$(BUILD)/tests/fuzz_office: $(office_rooms:%=$(BUILD)/obj/module/%.o)
$(BUILD)/tests/fuzz_store: FUZZ_PARTS = $(store_rooms:%=$(BUILD)/obj/module/%.o)
$(BUILD)/tests/fuzz_store: FUZZ_LIBS = $$(pkg-config --libs $(store_packages))
$(BUILD)/tests/fuzz_store: $(store_rooms:%=$(BUILD)/obj/module/%.o) engine/module/sqlite.c
# By another make, as modules are, which must find made what both need.
module-targets: $(PROGRAM) $(BUILD)/tests/engine.a
	@$(MAKE) built-module-targets
built-module-targets: $(FUZZ_OF_MODULES:%=$(BUILD)/tests/fuzz_%)
.PHONY: module-targets built-module-targets

# Without liblua: stock lua5.4 loads it and brings its own.
$(BUILD)/tests/perfeval_engine.so: $(HOSTED) $(ENGINE) $(BUILD)/flags
	@$(call say,TEST,$@)
	@mkdir -p $(@D)
	@$(COMPILE) -shared -Wl,-Bsymbolic $(LDFLAGS) -o $@ $(HOSTED) $(ENGINE) $(LIBS)

# The whole as it is installed, and the example for C programs built against that.
STAGE      = $(abspath $(BUILD)/tests/root)
STAGED_PC  = PKG_CONFIG_SYSROOT_DIR=$(STAGE) PKG_CONFIG_PATH=$(STAGE)$(LIBDIR)/pkgconfig pkg-config
EXAMPLE    = engine/packaging/examples/evaluate.c
EXAMPLES  := $(BUILD)/tests/evaluate $(BUILD)/tests/evaluate_static
INSTALLED := README.md Makefile $(shell find scripts rules data engine/packaging -type f) engine/library/perfeval.h
$(STAGE)/installed: $(PROGRAM) $(LIBRARY) $(BUILD)/libperfeval.a $(BUILD)/lua/perfeval.so $(INSTALLED) | build
	@$(call say,STAGE,$(BUILD)/tests/root)
	@rm -rf $(STAGE)
	@$(MAKE) install DESTDIR=$(STAGE) >$(BUILD)/tests/install.log
	@touch $@
$(BUILD)/tests/evaluate: $(EXAMPLE) $(STAGE)/installed
	@$(CC) $(WARN) $(INSTRUMENT) -o $@ $< $$($(STAGED_PC) --cflags --libs perfeval)
$(BUILD)/tests/evaluate_static: $(EXAMPLE) $(STAGE)/installed
	@$(CC) $(WARN) $(INSTRUMENT) -o $@ $< $$($(STAGED_PC) --cflags perfeval) $(STAGE)$(LIBDIR)/libperfeval.a \
		$$($(STAGED_PC) --static --libs-only-l perfeval | sed 's/-lperfeval//')

# The kinds of tests (tests/run.sh), and what each needs built beside the program.
KINDS ?= floors hardening unit fuzz lua cases exact faults transcription
hardening_parts := $(LIBRARY) $(BUILD)/lua/perfeval.so
unit_parts      := $(UNITS)
fuzz_parts      := $(REPLAYS) module-targets
lua_parts       := $(EXAMPLES) $(HOST) $(BENCH)
exact_parts     := $(BENCH)

test: build $(sort $(foreach kind,$(KINDS),$($(kind)_parts))) ## build and run every test
	@BUILD=$(BUILD) PERFEVAL=$(PROGRAM) RUNNER='$(RUNNER)' LUA_PRELOAD='$(LUA_PRELOAD)' STAGED=$(STAGE)$(PREFIX) \
		HARDENED='$(if $(HARDEN),$(PROGRAM) $(BUILD)/obj/base/str.o $(LIBRARY) $(BUILD)/lua/perfeval.so $(MODULES_BUILT))' tests/run.sh $(KINDS)

test-documents: build ## documents in a browser and other readers: needs Chromium, node and npm
	@BUILD=$(BUILD) PERFEVAL=$(PROGRAM) tests/documents/run.sh

test-batch: build ## a batch of 250 offices, 200 kills
	@PERFEVAL_LARGE=1 PERFEVAL=$(abspath $(PROGRAM)) LUA_PATH="tests/lua/?.lua;/usr/share/lua/5.4/?.lua;;" \
		lua5.4 tests/lua/test_batch.lua -v

test-rebuild: build ## records of this build evaluated again by a build of another version
	@$(MAKE) build VERSION=9.9.9 BUILD=$(BUILD)/rebuilt OPTIMIZE=-O1
	@PERFEVAL=$(abspath $(PROGRAM)) REBUILT=$(abspath $(BUILD)/rebuilt/perfeval) \
		LUA_PATH="tests/lua/?.lua;/usr/share/lua/5.4/?.lua;;" lua5.4 tests/lua/rebuilt.lua -v

asan: ## every test under AddressSanitizer and UndefinedBehaviorSanitizer
	@ASAN_OPTIONS=detect_leaks=1:exitcode=99 LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99 \
		$(MAKE) test VARIANT=asan BUILD=$(BUILD)/asan KINDS='unit fuzz lua cases exact' \
		LUA_PRELOAD="$$($(CC) -print-file-name=libasan.so)"

MEMCHECK = valgrind -q --suppressions=$(CURDIR)/tests/valgrind.supp --leak-check=full --errors-for-leak-kinds=definite,possible \
           --error-exitcode=99 --read-inline-info=no --trace-children=yes --trace-children-skip=/bin/*,/usr/bin/*

valgrind: deps ## unit tests and cases under valgrind
	@$(MAKE) test VARIANT=valgrind BUILD=$(BUILD)/valgrind KINDS='unit cases' \
		RUNNER='$(strip $(MEMCHECK))'

coverage: deps ## lines and branches of the engine that the tests run, floor by floor
	@find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	@# `make test` judges; here limits of time and of file size that tests set fall upon gcov too
	@COVERAGE=1 $(MAKE) test VARIANT=coverage BUILD=$(BUILD)/coverage KINDS='unit lua cases' || true
	@BUILD=$(BUILD)/coverage tests/coverage.sh

# ---- faults: options stand at the head of tests/faults.sh

# The allocator of a sanitizer, and valgrind, leave no room for another before it.
FAULTS := $(if $(VARIANT),,$(BUILD)/faults/sweep $(BUILD)/faults/inject.so $(BUILD)/faults/perfeval $(BUILD)/bench/generate)
C_SOURCES += $(wildcard tests/faults/*.c)
C_FILES += $(wildcard tests/faults/*.[ch])

$(BUILD)/faults/sweep: tests/faults/sweep.c tests/faults/inject.h $(BUILD)/flags
	@$(call say,TEST,$<)
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(OPTIMIZE) -o $@ $<

$(BUILD)/faults/inject.so: tests/faults/inject.c tests/faults/inject.h $(BUILD)/flags
	@$(call say,TEST,$<)
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(OPTIMIZE) -shared -fPIC -Wl,-soname,inject.so -o $@ $< -ldl

# The program with two of its doors to memory held by inject.so: lua_Alloc, and what GMP asks for.
FAULTED := $(filter-out $(BUILD)/obj/lua/state.o,$(OBJECTS)) $(BUILD)/faults/state.o $(BUILD)/faults/hooks.o
$(BUILD)/faults/perfeval: $(FAULTED) $(BUILD)/faults/inject.so
	@$(call say,LINK,$@)
	@$(COMPILE) $(LINK) -o $@ $(FAULTED) -Wl,--wrap=__gmp_set_memory_functions -Wl,--no-as-needed \
		$(BUILD)/faults/inject.so $(PROGRAM_LIBS)
$(BUILD)/faults/state.o: engine/lua/state.c tests/faults/hooks.h $(BUILD)/flags
	@$(call say,CC,$@)
	@mkdir -p $(@D)
	@$(COMPILE) -include tests/faults/hooks.h -MMD -MP -c -o $@ $<
$(BUILD)/faults/hooks.o: tests/faults/hooks.c tests/faults/hooks.h tests/faults/inject.h $(BUILD)/flags
	@$(call say,CC,$@)
	@mkdir -p $(@D)
	@$(COMPILE) -c -o $@ $<

test-faults: build $(FAULTS) ## every call that can fail, failing in turn: MOST=0 for all of them, ONLY=COMMAND
	@BUILD=$(BUILD) MOST=$(or $(MOST),20) tests/faults.sh
test: $(if $(filter faults,$(KINDS)),$(FAULTS))
.PHONY: test-faults

# ---- garbage collection

C_SOURCES += $(wildcard tests/gc/*.c)
C_FILES += $(wildcard tests/gc/*.[ch])

# The program whose Lua collects all the time.
STRESSED := $(filter-out $(BUILD)/obj/lua/state.o,$(OBJECTS)) $(BUILD)/gc/state.o $(BUILD)/gc/stress.o
$(BUILD)/gc/perfeval: $(STRESSED)
	@$(call say,LINK,$@)
	@$(COMPILE) $(LINK) -o $@ $(STRESSED) $(PROGRAM_LIBS)
$(BUILD)/gc/state.o: engine/lua/state.c tests/gc/stress.h $(BUILD)/flags
	@$(call say,CC,$@)
	@mkdir -p $(@D)
	@$(COMPILE) -include tests/gc/stress.h -MMD -MP -c -o $@ $<
$(BUILD)/gc/stress.o: tests/gc/stress.c tests/gc/stress.h $(BUILD)/flags
	@$(call say,CC,$@)
	@mkdir -p $(@D)
	@$(COMPILE) -c -o $@ $<

test-gc: build $(BUILD)/gc/perfeval ## scripts while garbage is collected all the time: the same bytes
	@PERFEVAL=$(abspath $(PROGRAM)) STRESSED=$(abspath $(BUILD)/gc/perfeval) \
		LUA_PATH="tests/lua/?.lua;/usr/share/lua/5.4/?.lua;;" lua5.4 tests/lua/collected.lua -v
.PHONY: test-gc

test-kills: build ## runaway scripts: how long after its limit each is gone
	@PERFEVAL=$(abspath $(PROGRAM)) LUA_PATH="tests/lua/?.lua;/usr/share/lua/5.4/?.lua;;" lua5.4 tests/lua/kills.lua -v
.PHONY: test-kills

# ---- fuzzing

# Seconds that each target searches.
TIME = 60

fuzz: deps ## search for bad inputs: TIME=60 seconds a target, TARGETS='csv json'
	@$(MAKE) fuzz-targets CC=clang VARIANT=fuzz BUILD=$(BUILD)/fuzz
	@BUILD=$(BUILD)/fuzz tests/fuzz/run.sh $(TIME) $(or $(TARGETS),$(FUZZ) $(FUZZ_OF_MODULES))
fuzz-targets: $(REPLAYS) $(FUZZ_OF_MODULES:%=$(BUILD)/tests/fuzz_%)

fuzz-afl: deps ## the whole program under AFL++: TIME=60 seconds of data files for a rule file
	@AFL_QUIET=1 $(MAKE) build CC=afl-cc VARIANT=valgrind BUILD=$(BUILD)/afl
	@AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 afl-fuzz -V $(TIME) -t 2000 \
		-i tests/fuzz/seeds/csv -o $(BUILD)/afl/found -- $(BUILD)/afl/perfeval run rules/examples/polarity.lua \
		--format json --data @@ >$(BUILD)/afl/log
	@grep -E '^(execs_done|saved_crashes|saved_hangs)' $(BUILD)/afl/found/default/fuzzer_stats
	@grep -qE '^saved_crashes *: 0$$' $(BUILD)/afl/found/default/fuzzer_stats

# ---- benchmarks: their options stand at the head of the scripts

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/flags
	@$(call say,BENCH,$<)
	@mkdir -p $(@D)
	@$(COMPILE) $(LINK) -o $@ $< -lm -lgmp

bench: build $(BENCH) ## time perfeval against other programs, and its functions in Lua: ROWS, ORDER, PEERS=all
	@BUILD=$(BUILD) tests/bench/compare.sh
	@BUILD=$(BUILD) tests/bench/held.sh
	@BUILD=$(BUILD) tests/bench/export.sh

bench-export: build $(BENCH) ## time the results of every row alone, thrown away and into a file, against cat
	@BUILD=$(BUILD) tests/bench/export.sh

bench-functions: build $(BENCH) ## time functions in Lua alone
	@BUILD=$(BUILD) tests/bench/functions.sh

bench-exact: build $(BENCH) ## every verdict of ROWS rows against exact rationals, and the same bytes from all ways
	@BUILD=$(BUILD) tests/bench/exact.sh

bench-limits: build $(BENCH) ## what limits cost: as they are against all at their widest
	@BUILD=$(BUILD) tests/bench/overhead.sh

bench-xlsx: build ## time a workbook of ROWS (200,000) rows against xlsx2csv, which has to be there
	@PERFEVAL=$(PROGRAM) tests/bench/xlsx.sh

bench-stress: build $(BENCH) ## time a large rule set over the data of 2019
	@BUILD=$(BUILD) tests/bench/stress.sh

bench-counts: build $(BENCH) ## what a row costs in instructions, allocations and bytes, against tests/bench/limits
	@$(MAKE) build $(BUILD)/counts/perfeval-whole VARIANT=counts BUILD=$(BUILD)/counts
	@BUILD=$(BUILD) COUNTED=$(BUILD)/counts/perfeval tests/bench/counts.sh

# The program whose children can be counted too.
$(BUILD)/perfeval-whole: $(OBJECTS) tests/counted.c
	@$(call say,LINK,$@)
	@$(COMPILE) $(LINK) -o $@ $^ -Wl,--wrap=kill $(PROGRAM_LIBS)

# ---- lint

LINTS := lint-format lint-gcc lint-analyzer lint-clang lint-cppcheck lint-tidy lint-lua lint-shell
lint: $(LINTS) ## formatting, compilers' warnings, static analysis
$(LINTS): deps

SYNTAX = $(FLAGS) $(PDF_INCLUDE) -O1 -Itests/unit -Werror -fsyntax-only

lint-format:
	@echo clang-format
	@clang-format --dry-run -Werror $(C_FILES)
lint-gcc:
	@echo gcc
	@gcc $(SYNTAX) $(C_SOURCES)
# Without what it says of NULL: it takes parts of a struct that are set elsewhere for NULL. clang-tidy looks for those too.
lint-analyzer:
	@echo gcc -fanalyzer
	@printf '%s\n' $(filter engine/base/% engine/io/% engine/lua/%,$(SOURCES)) | xargs -P$$(nproc) -I{} gcc \
		$(filter-out -D_FORTIFY_SOURCE% -U_FORTIFY_SOURCE,$(FLAGS)) -O0 -Werror -Wno-sign-conversion -fanalyzer \
		-Wno-analyzer-null-dereference -Wno-analyzer-null-argument -c -o /dev/null {}
lint-clang:
	@echo clang
	@clang $(SYNTAX) $(C_SOURCES)
lint-cppcheck:
	@echo cppcheck
	@cppcheck -q -j$$(nproc) --std=c11 --enable=warning,performance,portability --inline-suppr \
		--error-exitcode=1 -D__x86_64__ -Iengine -Itests/unit $(DEFINES) $(C_SOURCES)
# The path analysis of clang takes 30 times as long as all else: what gcc's sees (lint-analyzer) goes without, and so
# do the tests, which run under sanitizers.
PATHS = engine/app/% engine/model/% engine/module/% engine/library/%
TIDY  = xargs -P$$(nproc) -I{} clang-tidy --quiet $(1) {} -- $(FLAGS) $(PDF_INCLUDE) -Itests/unit 2>/dev/null
lint-tidy:
	@echo clang-tidy
	@printf '%s\n' $(filter $(PATHS),$(C_SOURCES)) | $(call TIDY)
	@printf '%s\n' $(filter-out $(PATHS),$(C_SOURCES)) | $(call TIDY,--checks='-clang-analyzer-*')
lint-lua:
	@echo luacheck
	@luacheck -q --no-color $(wildcard scripts rules tests) engine/packaging
lint-shell:
	@echo shellcheck
	@shellcheck $(SHELL_FILES)

format: ## rewrite the C files as .clang-format says
	@clang-format -i $(C_FILES)

test-cluster: build ## an evaluation in parts by a real Slurm on loopback, a node lost (root; slurmctld slurmd slurm-client munge)
	@sh tests/cluster/slurm.sh

# ---- the rest

SHARE = $(DESTDIR)$(PREFIX)/share

# Completions and the man page.
pages: build
	@mkdir -p $(BUILD)/pages
	@PERFEVAL=$(PROGRAM) lua5.4 engine/packaging/pages.lua $(BUILD)/pages

DOC     = $(SHARE)/doc/perfeval
LIBRARY_FILE = libperfeval.so.$(VERSION)

install: build library pages ## install under $(DESTDIR)$(PREFIX)
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/perfeval
	find $(BUILD)/modules -name '*.so' -exec install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/perfeval {} +
	find scripts rules data -type f ! -perm -u+x -exec install -D -m 644 {} $(SHARE)/perfeval/{} \;
	find scripts rules data -type f -perm -u+x -exec install -D -m 755 {} $(SHARE)/perfeval/{} \;
	install -D -m 644 $(LIBRARY) $(DESTDIR)$(LIBDIR)/$(LIBRARY_FILE)
	ln -sf $(LIBRARY_FILE) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(LIBRARY_FILE) $(DESTDIR)$(LIBDIR)/libperfeval.so
	install -D -m 644 $(BUILD)/libperfeval.a $(DESTDIR)$(LIBDIR)/libperfeval.a
	install -D -m 644 engine/library/perfeval.h $(DESTDIR)$(PREFIX)/include/perfeval.h
	mkdir -p $(DESTDIR)$(LIBDIR)/pkgconfig
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' engine/packaging/perfeval.pc.in \
		>$(DESTDIR)$(LIBDIR)/pkgconfig/perfeval.pc
	install -D -m 644 $(BUILD)/lua/perfeval.so $(DESTDIR)$(LIBDIR)/lua/5.4/perfeval.so
	install -D -m 644 $(BUILD)/pages/perfeval.1 $(SHARE)/man/man1/perfeval.1
	install -D -m 644 $(BUILD)/pages/perfeval.bash $(SHARE)/bash-completion/completions/perfeval
	install -D -m 644 $(BUILD)/pages/_perfeval $(SHARE)/zsh/site-functions/_perfeval
	install -D -m 644 $(BUILD)/pages/perfeval.fish $(SHARE)/fish/vendor_completions.d/perfeval.fish
	install -D -m 644 README.md $(DOC)/README.md
	install -D -m 644 -t $(DOC)/examples engine/packaging/examples/*

# The packaging is in engine/packaging/debian and is laid where debhelper wants it in a copy of the sources.
DEB      = $(abspath $(BUILD)/deb)
DEB_TREE = $(DEB)/perfeval-$(VERSION)

deb: deps ## build and check Debian packages in build/deb: debhelper, lintian
	@rm -rf $(DEB)
	@mkdir -p $(DEB_TREE)
	@cp -a Makefile README.md CHANGES.md LICENSE engine scripts rules data $(DEB_TREE)
	@cp -a engine/packaging/debian $(DEB_TREE)/debian
	@grep -q '^perfeval ($(VERSION))' $(DEB_TREE)/debian/changelog
	cd $(DEB_TREE) && env -u MAKEFLAGS -u MAKELEVEL dpkg-buildpackage -b -us -uc -j$$(nproc)
	@DEB=$(DEB) tests/deb.sh

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

FORCE:
.PHONY: bench-limits test-cluster all build library deb pages modules built-modules run deps test asan valgrind bench bench-functions bench-export bench-exact bench-stress bench-counts coverage fuzz fuzz-targets fuzz-afl test-documents test-batch test-rebuild lint $(LINTS) format install clean help FORCE
.DELETE_ON_ERROR:

-include $(OBJECTS:.o=.d) $(wildcard $(BUILD)/obj/library/*.d) $(UNITS:=.d) $(REPLAYS:=.d) $(wildcard $(BUILD)/obj/module/*.d $(BUILD)/faults/*.d)
