# Sourced by start.sh and with-packages.sh, which set $root and $node.

# Runs a program and waits for it; in the background, because a shell acts on a signal only after its
# foreground child. Passes each signal on as TERM: a background child is born deaf to INT. Sets $status,
# and $signalled to what a shell would end with (0: no signal came).
attend() {
  attended=
  signalled=0
  trap 'signalled=130; [ -z "$attended" ] || kill -TERM "$attended" 2>/dev/null' INT
  trap 'signalled=143; [ -z "$attended" ] || kill -TERM "$attended" 2>/dev/null' TERM
  trap 'signalled=129; [ -z "$attended" ] || kill -TERM "$attended" 2>/dev/null' HUP
  "$@" &
  attended=$!
  # One that came before there was anybody to pass it to.
  [ "$signalled" -eq 0 ] || kill -TERM "$attended" 2>/dev/null
  wait "$attended"
  status=$?
  # `wait` also returns when a trap ran; the child is then still closing.
  while kill -0 "$attended" 2>/dev/null; do
    wait "$attended"
    status=$?
  done
  trap - INT TERM HUP
}

prepare() {
  if ! command -v "$node" >/dev/null 2>&1; then
    echo "Node.js was not found. Install Node.js 20.19 or newer, then run npm start again." >&2
    exit 1
  fi
  attend "$node" "$root/build/prepare.mjs" "$@"
  [ "$signalled" -eq 0 ] || exit "$signalled"
  [ "$status" -eq 0 ] || exit "$status"
}
