import { type ConfigNode, dottedKey, type KeyPath } from '../../config/config-tree.ts'
import { readEnvFile } from '../../config/env-file.ts'
import { locate } from '../../config/locate.ts'
import { referencesIn } from '../../config/substitute.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'
import { isSecretKey } from '../secret-key.ts'
import { readServiceFiles } from '../service-file.ts'
import { secretsIn } from './service.ts'

const maxNamed = 20

/** Secrets that lie readable in files: what backs up, syncs or shows those takes them along. */
export const plaintextCheck: Check = {
  name: 'plaintext',
  async look(ground) {
    const services = await readServiceFiles(ground)
    return [...(await inConfig(ground)), ...(await inEnvFile(ground)), ...services.flatMap(secretsIn)]
  },
}

async function inConfig({ statePaths, tree }: Ground): Promise<Found[]> {
  const read = await tree()
  if (!read.ok) return []
  const places: { readonly node: ConfigNode; readonly key: KeyPath }[] = []
  collect(read.root, [], (node, key) => places.push({ node, key }))
  // The token has a finding of its own.
  const others = places.filter(({ key }) => dottedKey(key) !== 'gateway.auth.token')
  const password = others.find(({ key }) => dottedKey(key) === 'gateway.auth.password')
  const rest = others.filter((place) => place !== password)
  const findings: Found[] = []
  if (password) {
    const facts = { path: password.node.source.path, key: 'gateway.auth.password' }
    findings.push(found('passwordWritten', 'warn', facts))
  }
  if (rest.length === 0) return findings
  const evidence: string[] = []
  for (const { node, key } of rest.slice(0, maxNamed)) {
    const { line, column } = await locate(node.source, node.at)
    evidence.push(`${node.source.path}:${line}:${column} ${dottedKey(key)}`)
  }
  const facts = { path: statePaths.configPath, count: rest.length }
  return [...findings, found('secretsInConfig', 'warn', facts, { evidence })]
}

function collect(node: ConfigNode, key: KeyPath, note: (node: ConfigNode, key: KeyPath) => void): void {
  if (node.kind === 'array') node.items.forEach((item, index) => void collect(item, [...key, index], note))
  else if (node.kind === 'object') {
    for (const [name, item] of node.entries) collect(item, [...key, name], note)
  } else if (typeof node.value === 'string' && node.value.trim() !== '') {
    const name = key.findLast((step) => typeof step === 'string') ?? ''
    if (isSecretKey(String(name)) && referencesIn(node.value).length === 0) note(node, key)
  }
}

/** By choice, or because there is no keychain, they are kept there; else they could be moved. */
async function inEnvFile({ knowledge, statePaths }: Ground): Promise<Found[]> {
  const path = statePaths.envFilePath
  const read = await readEnvFile(path)
  if (!read.ok) return []
  const names = Object.entries(read.values).flatMap(([name, value]) =>
    value !== '' && isSecretKey(name) ? [name] : [],
  )
  if (names.length === 0) return []
  const { store } = knowledge.secrets.view
  const level = store.kind !== 'envFile' && store.state === 'ready' ? 'warn' : 'info'
  const evidence = names.toSorted().slice(0, maxNamed)
  return [found('secretsInEnvFile', level, { path, count: names.length }, { evidence })]
}
