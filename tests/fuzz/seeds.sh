#!/bin/sh
# The folders that a fuzz target begins with: seeds.sh TARGET
case $1 in
rules) echo "tests/fuzz/seeds/$1 rules rules/examples" ;;
*) echo "tests/fuzz/seeds/$1" ;;
esac
