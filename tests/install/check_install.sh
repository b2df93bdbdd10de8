#!/usr/bin/env bash
# Does what `make install` puts down work for somebody who has nothing else?
#
# Installs into an empty directory, builds and runs programs against that alone (C and C++, shared and static), compiles
# every header by itself and the README's programs as printed, and uninstalls again. CC, CXX, BUILD and SANITIZE are
# taken from the environment.
set -euo pipefail

cd "$(dirname "$0")/../.."
top=$PWD
build=$(realpath -m "${BUILD:-build}")
cc=${CC:-cc}
cxx=${CXX:-g++}
strict=(-Wall -Wextra -Wpedantic -Werror ${SANITIZE:+"-fsanitize=$SANITIZE"})
work=$(mktemp -d)
sandbox=
trap '[ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null; rm -rf "$work"' EXIT
root=$work/root
passed=0 failed=0

check() { # check RULE COMMAND...: one rule, kept if the command succeeds
    local rule=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s: no\n' "$rule"
        sed 's/^/    /' "$work/log"
    fi
}

run() { # with the installed library, not the one in the build directory
    LD_LIBRARY_PATH=$root/usr/local/lib timeout 60 "$@"
}

says() { # says PATTERN PROGRAM: whatever its exit status
    { run "$2" 2>&1 || true; } | grep "$1"
}

files() {
    find "$root" ! -type d
}

check "make install works" "${MAKE:-make}" install DESTDIR="$root" PREFIX=/usr/local
cd "$work"

# pkg-config thinks it is /usr/local; the sysroot says where that really is.
export PKG_CONFIG_PATH=$root/usr/local/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
flags() {
    pkg-config "$@" xpay
}

build_and_run() { # build_and_run OUTPUT COMPILER FLAGS...
    local output=$1
    shift
    "$@" -o "$output" && run "./$output"
}

cp "$top"/tests/install/program.{c,cc} .
check "pkg-config knows the version" test "$(flags --modversion)" = \
    "$(sed -n 's/^#define XPAY_VERSION_STRING "\(.*\)"/\1/p' "$root/usr/local/include/xpay/version.h")"
# shellcheck disable=SC2046 # the flags are words
{
    check "a C program builds with the shared library and runs" \
        build_and_run c-shared "$cc" -std=c11 "${strict[@]}" program.c $(flags --cflags --libs)
    check "a C++ program builds with the shared library and runs" \
        build_and_run cc-shared "$cxx" -std=c++17 "${strict[@]}" program.cc $(flags --cflags --libs)
}
check "it needs libxpay.so.0" sh -c 'readelf -d c-shared | grep -q "NEEDED.*\[libxpay.so.0\]"'

# libxpay.a with the other libraries as this machine has them: what only a static libcurl would need may be missing.
static=()
for word in $(flags --static --libs); do
    case $word in
        -lxpay) static+=(-Wl,-Bstatic -lxpay -Wl,-Bdynamic) ;;
        -l*) [ "$($cc -print-file-name="lib${word#-l}.so")" = "lib${word#-l}.so" ] || static+=("$word") ;;
        *) static+=("$word") ;;
    esac
done
# shellcheck disable=SC2046
{
    check "a C program builds with the static library and runs" \
        build_and_run c-static "$cc" -std=c11 "${strict[@]}" program.c $(flags --cflags) "${static[@]}"
    check "a C++ program builds with the static library and runs" \
        build_and_run cc-static "$cxx" -std=c++17 "${strict[@]}" program.cc $(flags --cflags) "${static[@]}"
}
check "it needs no libxpay.so" sh -c '! readelf -d c-static | grep -q libxpay'

for header in "$root"/usr/local/include/xpay/*.h; do
    name=xpay/$(basename "$header")
    echo "#include <$name>" | tee alone.c >alone.cc
    check "$name compiles alone in C" \
        "$cc" -std=c11 "${strict[@]}" -I"$root/usr/local/include" -fsyntax-only alone.c
    check "$name compiles alone in C++" \
        "$cxx" -std=c++17 "${strict[@]}" -I"$root/usr/local/include" -fsyntax-only alone.cc
done

if command -v mandoc >/dev/null; then
    check "an installed link page shows its function" sh -c "cd '$root/usr/local/share/man' &&
        mandoc -Tascii man3/xpay_refund_create.3 | grep -q 'Refund a charge'"
fi

# The README's first program is complete; the blocks after it are functions.
awk '/^```c$/ { n++; on = 1; next } /^```$/ { on = 0 } on { print > ("readme-" n ".c") }' "$top/README.md"
# shellcheck disable=SC2046
check "the README's first program compiles as printed" \
    "$cc" "${strict[@]}" -o readme readme-1.c $(flags --cflags --libs)
for block in readme-[2-9].c; do
    check "the README's $block compiles" \
        "$cc" "${strict[@]}" -include xpay/xpay.h -I"$root/usr/local/include" -c -o /dev/null "$block"
done

if [ -x "$build/xpay-sandbox" ]; then
    (cd "$top" && exec "$build/xpay-sandbox" --port 0 --port-file "$work/port") >"$work/sandbox.log" 2>&1 &
    sandbox=$!
    for _ in $(seq 100); do
        [ ! -s port ] || break
        sleep 0.1
    done
    export XPAY_API_KEY=sk_test_sandbox_secret XPAY_BASE_URL=http://127.0.0.1:$(cat port)
    check "the README's first program prints a page to pay on" says 'Store cs_test_.*http' ./readme
else
    echo "the README's first program prints a page to pay on: not checked, since $build/xpay-sandbox is missing"
fi
export XPAY_API_KEY=pk_test_publishable
check "the README's first program says what is wrong with a key" says 'publishable.*NOT_SENT' ./readme

check "installing put files down" test -n "$(files)"
check "make uninstall works" "${MAKE:-make}" -C "$top" uninstall DESTDIR="$root" PREFIX=/usr/local
check "uninstalling leaves nothing" test -z "$(files)"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
