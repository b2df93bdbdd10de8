# libxpay. `make help` lists what there is to make.

VERSION := 0.1.0
SONAME  := libxpay.so.0

PREFIX     ?= /usr/local
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR     ?= $(PREFIX)/share/man
DESTDIR    ?=

# CC=clang and SANITIZE=address,undefined build beside the ordinary build, not into it.
SANITIZE ?=
comma    := ,
variant  := $(filter-out cc gcc,$(notdir $(CC)))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))
BUILD    ?= $(if $(variant),build/$(variant:-%=gcc-%),build)

CFLAGS   ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
SANFLAGS := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)

# V=1 shows every command.
V  ?=
Q  := $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $(1) '$(2)')

pc = $(shell pkg-config $(1) 2>/dev/null)

LIB_PACKAGES := libcurl libcjson libcrypto
COMPILE := $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) $(CFLAGS) $(SANFLAGS) -pthread -MMD -MP
LINK    := $(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS) -pthread
LIB_LIBS := $(call pc,--libs $(LIB_PACKAGES))
LIB_CFLAGS := -fPIC -fvisibility=hidden -Iinclude $(call pc,--cflags $(LIB_PACKAGES))

lib_sources := $(wildcard lib/*/*.c)
lib_objects := $(lib_sources:%.c=$(BUILD)/%.o)
so          := $(BUILD)/libxpay.so.$(VERSION)

programs := $(BUILD)/xpay-sandbox $(BUILD)/order-server $(BUILD)/warehouse \
            $(patsubst examples/%.c,$(BUILD)/examples/%,$(wildcard examples/*.c))
tests    := $(BUILD)/test-unit $(BUILD)/test-contract $(BUILD)/test-wire

.PHONY: all
all: $(so) $(BUILD)/libxpay.a ## Build libxpay.so and libxpay.a (the default)

# The library

$(BUILD)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE) $(LIB_CFLAGS) -c $< -o $@

$(so): $(lib_objects) lib/libxpay.map
	$(call say,LINK,$@)
	$(Q)$(LINK) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=lib/libxpay.map -Wl,-z,defs \
	    -o $@ $(lib_objects) $(LIB_LIBS)
	$(Q)ln -sf libxpay.so.$(VERSION) $(BUILD)/$(SONAME)
	$(Q)ln -sf $(SONAME) $(BUILD)/libxpay.so

$(BUILD)/libxpay.a: $(lib_objects)
	$(Q)rm -f $@
	$(call say,AR,$@)
	$(Q)ar rcs $@ $(lib_objects)

# Programs that use it as a merchant would

use_lib := -L$(BUILD) -lxpay -Wl,-rpath,'$$ORIGIN' -Wl,-rpath,'$$ORIGIN/..'

$(BUILD)/examples/%: examples/%.c $(so)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE) -Iinclude $< -o $@ $(LDFLAGS) $(use_lib)

order_packages := libmicrohttpd sqlite3 libpq libcurl libcjson libcrypto
order_sources   = $(wildcard examples/order-fulfillment/$(1)/*.c examples/order-fulfillment/shared/*.c)
order_objects   = $(patsubst %.c,$(BUILD)/%.o,$(call order_sources,$(1)))

$(BUILD)/examples/order-fulfillment/%.o: examples/order-fulfillment/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE) -Iinclude -Iexamples/order-fulfillment/shared $(call pc,--cflags $(order_packages)) -c $< -o $@

$(BUILD)/order-server: $(call order_objects,server) $(so)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(use_lib) $(call pc,--libs $(order_packages))

$(BUILD)/warehouse: $(call order_objects,warehouse) $(so)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(use_lib) $(call pc,--libs $(order_packages))

# The sandbox shares nothing with the library

sandbox_objects := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/sandbox/*.c))

$(BUILD)/tests/sandbox/%.o: tests/sandbox/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE) -D_GNU_SOURCE -DXPAY_CONTRACT_FILE='"$(CURDIR)/tests/contract/openapi.json"' \
	    $(call pc,--cflags libmicrohttpd libcjson libcrypto libcurl) -c $< -o $@

$(BUILD)/xpay-sandbox: $(sandbox_objects)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(call pc,--libs libmicrohttpd libcjson libcrypto libcurl)

# Tests that see the inside of the library

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE) -Iinclude -Ilib -DXPAY_CONTRACT_FILE='"$(CURDIR)/tests/contract/openapi.json"' \
	    $(call pc,--cflags check $(LIB_PACKAGES)) -c $< -o $@

test_objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/$(1)/*.c))

$(BUILD)/test-unit: $(call test_objects,unit) $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(call pc,--libs check) $(LIB_LIBS)

$(BUILD)/test-contract: $(call test_objects,contract) $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(call pc,--libs check) $(LIB_LIBS)

# The wire tests count at the library's own seams; libssl is for the servers that they talk to.
wire_wraps := xpay_exchange_sending xpay_exchange_begin
$(BUILD)/test-wire: $(call test_objects,wire) $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(wire_wraps:%=-Wl,--wrap=%) $(LIB_LIBS) $(call pc,--libs openssl)

# Signatures are hidden from memcheck where they are made and shown where it is known whether they fit.
constant_time := -Wl,--wrap=xpay_keyed_finish -Wl,--wrap=xpay_signature_fits
$(BUILD)/test-constant-time: $(BUILD)/tests/constant_time/main.o $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(constant_time) $(LIB_LIBS)

$(BUILD)/test-constant-time-leaky: $(BUILD)/tests/constant_time/main.o $(BUILD)/tests/constant_time/leaky.o $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(constant_time) -Wl,--wrap=CRYPTO_memcmp $(LIB_LIBS)

# Prism and ajv judge it; what the library decodes is looked at on its way to the decoder.
proof_objects := $(call test_objects,contract/proof) $(addprefix $(BUILD)/tests/contract/,openapi.o names.o)
$(BUILD)/test-proof: $(proof_objects) $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ -Wl,--wrap=xpay_decode $(call pc,--libs check) $(LIB_LIBS) -lm

$(BUILD)/bench: $(call test_objects,bench) $(BUILD)/libxpay.a
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIB_LIBS)

.PHONY: build
build: all $(programs) $(tests)

# What a fresh Debian machine lacks. DEPS=no turns this off.

DEPS          ?= yes
demo_packages := pkg-config libcurl4-openssl-dev libcjson-dev libssl-dev libmicrohttpd-dev libsqlite3-dev libpq-dev python3
check_packages := $(demo_packages) check tzdata g++ curl doxygen mandoc \
                  $(if $(findstring clang,$(CC)),clang $(if $(SANITIZE),libclang-rt-14-dev))

.PHONY: deps deps-demo deps-check deps-contract deps-webhooks deps-peers deps-fulfillment deps-valgrind
deps: deps-check ## Install what tests need and is missing (DEPS=no: nothing)
deps-demo: packages := $(demo_packages)
deps-check: packages := $(check_packages)
# nodejs from elsewhere brings npm along; Debian's has it apart.
npm_packages := $(if $(shell sh -c 'command -v npm'),,nodejs npm)
deps-contract: packages := $(check_packages) $(npm_packages)
deps-webhooks: packages := $(check_packages) openssl $(if $(filter no,$(NODE)),,$(npm_packages))
deps-peers: packages := $(check_packages) $(npm_packages) python3-stripe
deps-fulfillment: packages := $(check_packages) $(if $(wildcard /usr/lib/postgresql/*/bin/initdb),,postgresql) \
                              $(if $(wildcard /usr/sbin/nginx),,nginx-light)
deps-valgrind: packages := $(check_packages) valgrind
deps-demo deps-check deps-contract deps-webhooks deps-peers deps-fulfillment deps-valgrind:
	@[ "$(DEPS)" = no ] || { \
	    missing=; \
	    for p in $(packages); do \
	        dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
	    done; \
	    if [ -n "$$missing" ]; then \
	        echo "Installing with apt-get:$$missing (DEPS=no turns this off)"; \
	        sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	        $$sudo apt-get update -qq && \
	        $$sudo env DEBIAN_FRONTEND=noninteractive \
	            apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	    fi; }

# Installed packages change what pkg-config says, so the work is done by a make of its own.
again = +$(MAKE) --no-print-directory DEPS=no

.PHONY: demo check check-contract check-fulfillment check-wire check-valgrind check-webhooks bench bench-peers
demo: deps-demo ## Sell, decline, fulfil, refund and reconcile against a local sandbox
	$(again) run-demo
check: deps-check ## Run the tests (also: CC=clang, SANITIZE=address,undefined)
	$(again) run-check
check-contract: deps-contract ## Let Prism and ajv judge it by XPay's contract (needs npm; SEED=1)
	$(again) run-contract
check-fulfillment: deps-fulfillment ## Let 3 shops behind nginx share a PostgreSQL, and kill them all (minutes; ORDERS=10000)
	$(again) run-fulfillment
check-wire: deps-check ## Break each exchange at each byte, kill refunds, race threads (minutes)
	$(again) run-wire
check-valgrind: deps-valgrind ## Run the tests under valgrind, signatures in constant time among them
	$(again) run-valgrind
check-webhooks: deps-webhooks ## Race threads on one verifier and one inbox; make the signature vectors anew (npm; NODE=no)
	$(again) run-webhooks
bench: deps-valgrind ## Measure against the bare libraries, into build/bench.json
	$(again) run-bench
bench-peers: deps-peers ## Measure events against stripe's packages for Node and Python (npm, pip), into the same file
	$(again) run-bench-peers

.PHONY: run-demo run-check run-contract run-fulfillment run-wire run-valgrind run-webhooks run-bench run-bench-peers
run-demo: $(programs)
	@BUILD=$(BUILD) examples/order-fulfillment/demo

# Programs without instrumentation (python, programs built outside) cannot load an instrumented libxpay.so.
run-check: build
	$(BUILD)/test-unit
	$(BUILD)/test-contract
	BUILD=$(BUILD) tests/sandbox/check/run
	BUILD=$(BUILD) tests/fulfillment/run
	BUILD=$(BUILD) tests/fulfillment/storm --database sqlite --orders 1000
	$(BUILD)/test-wire --quick
ifeq ($(SANITIZE),)
	BUILD=$(BUILD) tests/ffi/check_python.py
	BUILD=$(BUILD) tests/man/check_pages.py
	+BUILD=$(BUILD) CC=$(CC) tests/install/check_install.sh
endif

run-contract: $(BUILD)/test-contract $(BUILD)/test-proof $(BUILD)/xpay-sandbox $(BUILD)/order-server $(BUILD)/warehouse
	@BUILD=$(BUILD) tests/contract/proof/run

ORDERS ?= 10000
run-fulfillment: $(programs)
	DATABASE=postgresql BUILD=$(BUILD) tests/fulfillment/run
	BUILD=$(BUILD) tests/fulfillment/storm --database postgresql --orders $(ORDERS)

# Threads race under ThreadSanitizer first, against the ordinary sandbox.
run-wire: $(BUILD)/test-wire $(BUILD)/xpay-sandbox
ifeq ($(SANITIZE),)
	+$(MAKE) --no-print-directory DEPS=no SANITIZE=thread BUILD=$(BUILD)/thread $(BUILD)/thread/test-wire
	XPAY_SANDBOX=$(BUILD)/xpay-sandbox $(BUILD)/thread/test-wire stress
endif
	$(BUILD)/test-wire

valgrind := CK_FORK=no valgrind -q --leak-check=full --error-exitcode=1
run-valgrind: build $(BUILD)/test-constant-time $(BUILD)/test-constant-time-leaky
	BUILD=$(BUILD) tests/constant_time/run
	$(valgrind) $(BUILD)/test-unit
	$(valgrind) $(BUILD)/test-contract

# Threads race under ThreadSanitizer. The vectors are compared with what the npm package makes now (NODE=no: not).
run-webhooks: $(BUILD)/test-unit
	+$(MAKE) --no-print-directory DEPS=no SANITIZE=thread BUILD=$(BUILD)/thread $(BUILD)/thread/test-unit
	for suite in signature stream rotation "inbox in memory"; do \
	    CK_FORK=no CK_RUN_SUITE="$$suite" $(BUILD)/thread/test-unit || exit 1; \
	done
	BUILD=$(BUILD) tests/vectors/check

run-bench: $(BUILD)/bench $(BUILD)/xpay-sandbox
	@BUILD=$(BUILD) tests/bench/run.sh

run-bench-peers: $(BUILD)/bench
	@BUILD=$(BUILD) tests/bench/peers.py

# Installing

man_pages := $(wildcard man/*.3 man/*.7)

.PHONY: install uninstall
install: all ## Install headers, libraries, xpay.pc and man pages (PREFIX, DESTDIR)
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)/xpay \
	    $(DESTDIR)$(MANDIR)/man3 $(DESTDIR)$(MANDIR)/man7
	install -m 644 include/xpay/*.h $(DESTDIR)$(INCLUDEDIR)/xpay
	install -m 755 $(so) $(DESTDIR)$(LIBDIR)
	ln -sf libxpay.so.$(VERSION) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libxpay.so
	install -m 644 $(BUILD)/libxpay.a $(DESTDIR)$(LIBDIR)
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@INCLUDEDIR@|$(INCLUDEDIR)|; s|@VERSION@|$(VERSION)|' \
	    pkgconfig/xpay.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/xpay.pc
	chmod 644 $(DESTDIR)$(LIBDIR)/pkgconfig/xpay.pc
	install -m 644 $(filter %.3,$(man_pages)) $(DESTDIR)$(MANDIR)/man3
	install -m 644 $(filter %.7,$(man_pages)) $(DESTDIR)$(MANDIR)/man7

uninstall: ## Remove what install put there (same PREFIX, DESTDIR)
	rm -rf $(DESTDIR)$(INCLUDEDIR)/xpay
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,libxpay.so libxpay.a $(SONAME) libxpay.so.$(VERSION) pkgconfig/xpay.pc)
	rm -f $(patsubst man/%,$(DESTDIR)$(MANDIR)/man3/%,$(filter %.3,$(man_pages)))
	rm -f $(patsubst man/%,$(DESTDIR)$(MANDIR)/man7/%,$(filter %.7,$(man_pages)))

.PHONY: man format clean help
man: ## Write the man pages from the headers' comments
	man/mdoc.py

format: ## Lay the sources out with clang-format
	git ls-files '*.c' '*.h' '*.cc' | xargs clang-format -i

clean: ## Remove all that was built
	rm -rf build

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
