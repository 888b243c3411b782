/**
 * The answer to `update.run`, in the form of Moltbot's. A gateway does not replace the program that it runs from:
 * the host does, which first makes a backup and goes back where the new one does not start. So nothing is done
 * here, and the answer says what to do.
 */
export function updateHandOff(): object {
  const command = 'moltbot update'
  return {
    ok: true,
    result: {
      status: 'skipped',
      mode: 'unknown',
      reason: 'host-updates',
      message: `A gateway does not update itself, its host does: run \`${command}\`.`,
      command,
      steps: [],
      durationMs: 0,
    },
    restart: null,
    sentinel: null,
  }
}
