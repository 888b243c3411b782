#!/bin/sh
# `npm start [-- <options of moltbot host>]` and `npm run dev`.
# Ends as the host itself (exec), so that a signal to npm's own pid reaches the host.
set -u
root=$(cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
node=${npm_node_execpath:-node}
. "$root/build/prepare.sh"

if [ "${1-}" = --dev ]; then
  shift
  prepare
  exec "$root/node_modules/node/bin/node" "$root/build/dev.ts" "$@"
fi

prepare
# The desktop shell takes over here where its runtime is installed and a display is there.
exec "$root/dist/moltbot" host "$@"
