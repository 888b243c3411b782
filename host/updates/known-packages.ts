interface KnownPackage {
  /** npm's `overrides`: what this package asks for and can no longer be had, or only by compiling or from git. */
  readonly overrides: Readonly<Record<string, string>>
  /** The registry held placeholders under these names before the first release. */
  readonly oldest: string
}

const releasedIn2026: KnownPackage = {
  overrides: { libsignal: 'npm:libsignal@6.0.0', linkedom: '0.18.12' },
  oldest: '2026.1.0',
}

const known: Readonly<Record<string, KnownPackage>> = {
  clawdbot: releasedIn2026,
  moltbot: releasedIn2026,
  openclaw: { overrides: {}, oldest: '2026.1.0' },
}

/** What has to be known of a gateway's package to install it. */
export function knownPackage(name: string): KnownPackage {
  return (Object.hasOwn(known, name) ? known[name] : undefined) ?? { overrides: {}, oldest: '0.0.0' }
}
