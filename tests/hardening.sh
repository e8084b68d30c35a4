#!/bin/sh
# What the system can do against faults in the program is built into it: hardening.sh PROGRAM [OBJECT|MODULE...].
set -u

passed=0 failed=0
# says NAME FILE FLAGS PATTERN: readelf FLAGS FILE holds PATTERN
says() {
    # shellcheck disable=SC2086 # a list of flags
    if readelf -W $3 "$2" 2>/dev/null | grep -qE "$4"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$2: $1"
    fi
}
lacks() {
    # shellcheck disable=SC2086 # a list of flags
    if readelf -W $3 "$2" 2>/dev/null | grep -qE "$4"; then
        failed=$((failed + 1))
        echo "$2: $1"
    else
        passed=$((passed + 1))
    fi
}

# What any file that is loaded must have.
linked() {
    says 'tables of addresses are not made read-only (relro)' "$1" -l 'GNU_RELRO'
    says 'symbols are not looked up before it starts (now)' "$1" -d 'BIND_NOW|FLAGS_1.*NOW'
    says 'the stack may be run' "$1" -l 'GNU_STACK .* RW  '
    lacks 'code is changed when it is loaded' "$1" -d 'TEXTREL'
    lacks 'libraries are looked for in folders of its own' "$1" -d 'RPATH|RUNPATH'
    lacks 'a segment may be both written and run' "$1" -l 'LOAD .* RWE '
}

program=$1
shift
linked "$program"
says 'it is not loaded anywhere (pie)' "$program" -d 'FLAGS_1.*PIE'
says 'no guard on the stack' "$program" '-s --dyn-syms' '__stack_chk_fail'
says 'no checked functions of the C library (fortify)' "$program" '-s --dyn-syms' '__[a-z]+_chk(@|$)'
for file in "$@"; do
    case $file in
    *.so | *.so.0) linked "$file" ;;
    *) [ "$(uname -m)" != x86_64 ] || says 'jumps are not marked (cf-protection)' "$file" -n 'IBT, SHSTK' ;;
    esac
done
echo "hardening: $passed passed, $failed failed"
[ "$failed" = 0 ]
