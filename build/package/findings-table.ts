import type { Finding } from './finding.ts'

/** One line a check, and under it what is wrong. */
export function findingsTable(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  return findings
    .flatMap(({ check, facts, wrong }) => {
      const line = `${wrong.length === 0 ? '✓' : '✕'} ${check.padEnd(width)}  ${facts}`
      return [line.trimEnd(), ...wrong.map((what) => `    ${what}`)]
    })
    .join('\n')
}
