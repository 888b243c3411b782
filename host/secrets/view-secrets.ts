import {
  gatewayTokenName,
  knownSecretNames,
  type SecretStoreKind,
  type SecretView,
} from '../../shared/secrets.ts'
import type { OtherSources } from './other-sources.ts'
import { isSecretName } from './secret-rules.ts'
import type { SecretsIndex } from './secrets-index.ts'

interface Viewed {
  readonly index: SecretsIndex
  readonly kind: SecretStoreKind
  readonly env: NodeJS.ProcessEnv
  readonly sources: OtherSources
}

/** Every secret that somebody set, refers to, or may have meant to set; by name. */
export function viewSecrets({ index, kind, env, sources }: Viewed): SecretView[] {
  const kept = kind === 'envFile' ? [] : index.namesIn(kind)
  const { envFile, configEnv, references } = sources
  const names = new Set([
    gatewayTokenName,
    ...kept,
    ...references.keys(),
    ...Object.keys(envFile).filter((name) => isSecretName(name) || index.has(name, 'envFile')),
    ...Object.keys(configEnv).filter(isSecretName),
    ...knownSecretNames.filter((name) => env[name]),
  ])
  const views: SecretView[] = []
  for (const name of [...names].sort()) {
    const inEnvFile = Object.hasOwn(envFile, name)
    const isKept = kept.includes(name)
    const view: SecretView = {
      name,
      source: sourceOf(name),
      stored: isKept || inEnvFile,
      inEnvFile,
      changedAt: isKept || inEnvFile ? index.changedAt(name) : null,
      usedBy: usedBy(name),
    }
    if (isOfInterest(view)) views.push(view)
  }
  return views

  function sourceOf(name: string): SecretView['source'] {
    if (name === gatewayTokenName && sources.token === 'written') return 'config'
    if (env[name]) return 'environment'
    if (kept.includes(name) && kind !== 'envFile') return kind
    if (Object.hasOwn(envFile, name)) return 'envFile'
    return Object.hasOwn(configEnv, name) ? 'config' : 'nowhere'
  }

  function usedBy(name: string): string[] {
    const keys = references.get(name) ?? []
    return name === gatewayTokenName && sources.token !== 'password' ? [...keys, 'gateway'] : [...keys]
  }
}

/** `${HOME}` is a reference as well; and who asks for a password needs no token. */
function isOfInterest({ name, source, stored, usedBy }: SecretView): boolean {
  if (source === 'nowhere') return usedBy.length > 0
  return stored || source === 'config' || isSecretName(name)
}
