# Sourced by start.sh, after prepare.sh. `start_desktop` ends the script with the application's exit code,
# or says in one line why there is none, and returns.

start_desktop() {
  if ! has_display; then
    without_window 'No display was found'
    return
  fi
  find_electron || get_electron || return
  run_electron "$@"
}

# As host/open-in-browser.ts sees it.
has_display() {
  if [ "$(uname -s)" = Darwin ]; then
    [ -z "${SSH_CONNECTION-}" ]
  else
    [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]
  fi
}

without_window() {
  echo "$1, so Moltbot starts without its window." >&2
}

# Sets $electron to the runtime; fails where there is none of the version that is wanted.
find_electron() {
  case $(uname -s) in
    Darwin) inside=Electron.app/Contents/MacOS/Electron ;;
    *) inside=electron ;;
  esac
  if [ -n "${ELECTRON_OVERRIDE_DIST_PATH-}" ]; then
    electron=$ELECTRON_OVERRIDE_DIST_PATH/$inside
    [ -x "$electron" ]
    return
  fi
  package=$root/node_modules/electron
  electron=$package/dist/$inside
  [ -x "$electron" ] && [ -r "$package/dist/version" ] || return
  wanted=$(sed -n 's/^ *"version": *"\(.*\)".*/\1/p' "$package/package.json")
  read -r present <"$package/dist/version" || [ -n "${present-}" ]
  [ "${present#v}" = "$wanted" ]
}

# Downloads the runtime. Not where a host runs already, which only has to be shown, and not again within
# an hour of a failure, unless the desktop is insisted on.
get_electron() {
  if [ -n "${ELECTRON_OVERRIDE_DIST_PATH-}" ]; then
    without_window "ELECTRON_OVERRIDE_DIST_PATH holds no $inside"
    return 1
  fi
  failed=$root/node_modules/.cache/moltbot-desktop/electron-download-failed
  if [ "$surface" != desktop ]; then
    if [ -n "$(find "$failed" -mmin -60 2>/dev/null)" ]; then
      without_window "$(cat "$failed") less than an hour ago (npm start -- --desktop tries again now)"
      return 1
    fi
    ! "$root/dist/moltbot" service status >/dev/null 2>&1 || return 1
  fi
  # Node's own fetch asks no proxy unless it is told to.
  attend env NODE_USE_ENV_PROXY=1 "$root/node_modules/node/bin/node" "$root/build/desktop/get-electron.ts" "$failed"
  [ "$signalled" -eq 0 ] || exit "$signalled"
  [ "$status" -eq 0 ] && find_electron
}

# Ends the script, unless the application failed before it was ready.
run_electron() {
  if ! traces=$(mktemp -d "${TMPDIR:-/tmp}/moltbot-start.XXXXXX") || ! mkfifo "$traces/stderr"; then
    without_window 'The folder for temporary files cannot be written to'
    return
  fi
  # Held open for both directions, so that neither end waits for the other to open it.
  exec 3<>"$traces/stderr"
  # Opened here: by the time the reader comes to it, an application that ended at once has taken the folder along.
  exec 4<"$traces/stderr"
  pass_on_and_remember >&2 &
  exec 4<&-
  attend become_electron "$@"
  exec 3>&-
  if [ -e "$traces/ready" ]; then
    rm -rf "$traces"
    exit "$status"
  fi
  last_words=$(await_last_words)
  rm -rf "$traces"
  # 0 (another one runs already) and 2 (wrong usage) are answers, not failures.
  [ "$status" -ne 0 ] && [ "$status" -ne 2 ] || exit "$status"
  [ "$signalled" -eq 0 ] || exit "$signalled"
  how="exit code $status"
  [ "$status" -le 128 ] || how="signal $(kill -l "$status")"
  without_window "The desktop application ended before it was ready ($how${last_words:+: $last_words})"
}

# Runs in a process of its own. electron/ready-mark.ts writes the file.
become_electron() {
  # Terminals inside other Electron applications set it, and it would make plain Node of this one.
  unset ELECTRON_RUN_AS_NODE
  MOLTBOT_READY_FILE=$traces/ready
  export MOLTBOT_READY_FILE
  exec "$electron" "$root" "$@" 2>"$traces/stderr" 3>&-
}

# Copies the application's stderr to stdout and leaves the line that says most in a file at its end. It stays until the last
# writer has closed, whatever comes: one who writes to a closed pipe would die of it.
pass_on_and_remember() {
  trap '' INT TERM HUP PIPE
  # By `exec`: a redirection of the call would keep a copy of 3, and there would be no end to read.
  exec <&4 3>&- 4<&-
  first=
  last=
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\n' "$line" 2>/dev/null
    case $line in
      *FATAL* | *Error:*) first=${first:-$line} ;;
      ?*) last=$line ;;
    esac
  done
  # Once it has been ready nobody asks, and the folder may be gone.
  [ ! -d "$traces" ] || [ -e "$traces/ready" ] || {
    printf '%s' "${first:-$last}" | tr -d '[:cntrl:]' >"$traces/last" && mv "$traces/last" "$traces/said"
  } 2>/dev/null
}

# At most a second: a process left behind may still hold the pipe.
await_last_words() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ ! -e "$traces/said" ] || break
    sleep 0.05
  done
  cut -c 1-300 "$traces/said" 2>/dev/null
}
