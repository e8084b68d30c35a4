#!/bin/sh
# What is in the Debian packages of `make deb`: deb.sh, with DEB the folder that they lie in. lintian has nothing to say,
# and unpacked beside each other they work: program, scripts, modules, library, header, Lua module.
set -u
cd "$(dirname "$0")/.." || exit 2

deb=${DEB:-build/deb}
root=$deb/root
passed=0 failed=0

fail() {
    failed=$((failed + 1))
    echo "$1"
    [ -z "${2:-}" ] || printf '%s\n' "$2"
}
# same NAME EXPECTED ACTUAL
same() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        fail "$1:" "expected: $2
     got: $3"
    fi
}

said=$(lintian --fail-on error,warning --allow-root --tag-display-limit 0 "$deb"/perfeval_*.changes 2>&1)
same lintian "" "$said"

names=$(for file in "$deb"/*.deb; do dpkg-deb -f "$file" Package; done | grep -v dbgsym | LC_ALL=C sort | tr '\n' ' ')
same packages "libperfeval-dev libperfeval0 lua-perfeval perfeval " "$names"

rm -rf "$root"
for file in "$deb"/*.deb; do dpkg-deb -x "$file" "$root"; done
arch=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
library=$root/usr/lib/$arch

# depends PACKAGE FIELD PATTERN: the field names a package
depends() {
    if dpkg-deb -f "$deb/$1"_*.deb "$2" | grep -qE "$3"; then
        passed=$((passed + 1))
    else
        fail "$1: $2 does not name $3" "$(dpkg-deb -f "$deb/$1"_*.deb "$2")"
    fi
}
depends perfeval Depends '(^|, )libc6 '
depends perfeval Recommends '(^|, )libpango-1.0-0 .*(^|, )libsqlite3-0 '
same "what only modules need is no must" "" "$(dpkg-deb -f "$deb"/perfeval_*.deb Depends | grep -oE 'libcairo2|libsqlite3-0|libxlsxwriter4|libexpat1')"
depends libperfeval0 Recommends '(^|, )perfeval \(='
depends libperfeval-dev Depends '(^|, )libperfeval0 \(='
depends lua-perfeval Depends '(^|, )libperfeval0'
same "units of systemd" "" "$(find "$root/usr/lib/systemd" "$root/lib/systemd" "$root/etc" -type f 2>/dev/null)"

# The installed rules have their data beside them; scripts and modules are found from where the program lies.
report=$(build/perfeval run rules/2019.lua)
same "the report" "$report" "$("$root/usr/bin/perfeval" run "$root/usr/share/perfeval/rules/2019.lua" 2>&1)"
same "a module" "%PDF" "$("$root/usr/bin/perfeval" run "$root/usr/share/perfeval/rules/2019.lua" --format pdf 2>&1 | head -c 4)"
for page in man/man1/perfeval.1.gz bash-completion/completions/perfeval zsh/vendor-completions/_perfeval \
    fish/vendor_completions.d/perfeval.fish doc/perfeval/copyright doc/libperfeval-dev/examples/evaluate.c; do
    same "$page" yes "$([ -s "$root/usr/share/$page" ] && echo yes)"
done

same "the man page" "" "$(gzip -dc "$root/usr/share/man/man1/perfeval.1.gz" | mandoc -T lint -W warning 2>&1)"

# The example for C, built against the unpacked header and library; PDF through the library's modules.
export LD_LIBRARY_PATH="$library"
verdicts=$(printf '%s\n%s' '부진 (sluggish): 3' '정상추진 (normal): 151')
# shellcheck disable=SC2046 # lists of words
cc -o "$deb/evaluate" "$root/usr/share/doc/libperfeval-dev/examples/evaluate.c" \
    $(PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_PATH="$library/pkgconfig" pkg-config --cflags --libs perfeval)
same "the C example" "$verdicts" "$("$deb/evaluate" rules/2019.lua 2>&1 | head -n 2)"
lua=$(RULES="$root/usr/share/perfeval/rules/2019.lua" LUA_CPATH="$library/lua/5.4/?.so" lua5.4 -e '
    local office = assert(require("perfeval").evaluate(os.getenv("RULES")))
    io.write(office:verdicts()[1].projects, " ", office:render("pdf"):sub(1, 4))' 2>&1)
same "the Lua module" "3 %PDF" "$lua"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
