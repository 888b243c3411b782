#!/bin/sh
# `npm start [-- [--desktop | --headless] <options of moltbot host>]` and `npm run dev`.
# Starts the desktop application where it can, and becomes the host without one (exec) where it cannot;
# either way a signal to npm's own pid reaches what runs.
set -u
root=$(cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
node=${npm_node_execpath:-node}
. "$root/build/prepare.sh"

if [ "${1-}" = --dev ]; then
  shift
  prepare
  exec "$root/node_modules/node/bin/node" "$root/build/dev.ts" "$@"
fi

# Which of the two is asked for; all other options go to whichever runs.
surface=any
for option in "$@"; do
  shift
  case $option in
    --desktop) surface=desktop ;;
    --headless) surface=headless ;;
    *) set -- "$@" "$option" ;;
  esac
done

prepare
if [ "$surface" != headless ]; then
  . "$root/build/desktop/start-desktop.sh"
  start_desktop "$@"
fi
exec "$root/dist/moltbot" host "$@"
