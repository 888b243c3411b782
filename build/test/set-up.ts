import { existsSync, readdirSync } from 'node:fs'
import { type Requirement, requirements } from './requirements.ts'
import type { RunStep } from './run-step.ts'

/**
 * Installs what specs need and this machine lacks, where that is possible without asking: as root on
 * Debian or Ubuntu. Elsewhere names it; the specs that need it say so again when they are skipped.
 */
export async function setUp(runStep: RunStep): Promise<void> {
  const lacking = Object.keys(requirements).filter((name): name is Requirement => {
    const need = requirements[name as Requirement] // Object.keys widens to string.
    return !need.isMet()
  })
  if (lacking.length === 0) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    for (const name of lacking) console.log(`  ${name} is missing: ${requirements[name].remedy}`)
    return
  }
  const packages = lacking.map((name) => requirements[name].debianPackage).filter((name) => name !== null)
  if (packages.length === 0) return
  console.log(`  installing ${packages.join(', ')} with apt-get`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  if (!hasPackageLists()) await runStep('apt-get', ['update', '-q'], env)
  const args = ['install', '-q', '-y', '--no-install-recommends', ...packages]
  let installed = await runStep('apt-get', args, env)
  if (installed.code !== 0) {
    // Lists that are there may be too old to find anything by.
    await runStep('apt-get', ['update', '-q'], env)
    installed = await runStep('apt-get', args, env)
  }
  if (installed.code !== 0) console.log(`  apt-get failed; what needs them is skipped.\n${installed.output}`)
}

function hasPackageLists(): boolean {
  return readdirSync('/var/lib/apt/lists').some(
    (name) => name.endsWith('_Packages') || name.includes('_Packages.'),
  )
}
