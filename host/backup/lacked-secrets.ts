import { gatewayTokenName, type SecretsView } from '../../shared/secrets.ts'

/**
 * The names among `offered` that a restore has to set: those that nothing here gives a value. One that the
 * owner set here stays, even where the backup's differs: a token that was changed because it leaked must not
 * come back, and a newer key must not be lost. A token that this program made by itself at its first start,
 * as on a new machine, was nobody's choice.
 */
export function lackedSecrets({ secrets }: SecretsView, offered: readonly string[]): string[] {
  const kept = new Set(
    secrets
      .filter(({ name, source, changedAt }) => {
        const isMadeHere = name === gatewayTokenName && changedAt === null && source !== 'environment'
        return source !== 'nowhere' && !isMadeHere
      })
      .map(({ name }) => name),
  )
  return offered.filter((name) => !kept.has(name))
}
