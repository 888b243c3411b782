# Sourced by start.sh and with-packages.sh, which set $root and $node.
# In the background and waited for, because a shell acts on a signal only after its foreground child.
prepare() {
  if ! command -v "$node" >/dev/null 2>&1; then
    echo "Node.js was not found. Install Node.js 20.19 or newer, then run npm start again." >&2
    exit 1
  fi
  "$node" "$root/build/prepare.mjs" "$@" &
  preparing=$!
  signalled=0
  trap 'signalled=130; kill -INT "$preparing" 2>/dev/null' INT
  trap 'signalled=143; kill -TERM "$preparing" 2>/dev/null' TERM
  trap 'signalled=129; kill -TERM "$preparing" 2>/dev/null' HUP
  wait "$preparing"
  status=$?
  # `wait` also returns when a trap ran; the child is then still closing.
  while kill -0 "$preparing" 2>/dev/null; do
    wait "$preparing"
    status=$?
  done
  trap - INT TERM HUP
  [ "$signalled" -eq 0 ] || exit "$signalled"
  [ "$status" -eq 0 ] || exit "$status"
}
