import type { SecretsView, SecretView } from '../../../shared/secrets.ts'

/** Those that something needs and nothing gives, before the others. */
export function missingSecrets({ secrets }: Pick<SecretsView, 'secrets'>): SecretView[] {
  return secrets.filter(({ source }) => source === 'nowhere')
}

/** All that have a value, by name. */
export function presentSecrets({ secrets }: Pick<SecretsView, 'secrets'>): SecretView[] {
  return secrets.filter(({ source }) => source !== 'nowhere')
}
