#!/bin/sh
# with-packages.sh <script> [arguments]: sees to it that the packages are installed, then becomes the
# script under the repository's Node.
set -u
root=$(cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
node=${npm_node_execpath:-node}
. "$root/build/prepare.sh"

prepare --install-only
cd "$root" || exit 1
exec "$root/node_modules/node/bin/node" "$@"
