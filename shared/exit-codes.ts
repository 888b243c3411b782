/** Exit codes of the command line, the same for every command. */
export const exitCode = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  unreachable: 3,
  /** Something to see to was found, and `--strict` asks for that to be a failure. */
  findings: 4,
  /** `EX_CONFIG` of sysexits(3): the configuration must change before another start can succeed. */
  badConfig: 78,
} as const
