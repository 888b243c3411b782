import type { SecretView } from '../../../shared/secrets.ts'
import { DottedKey } from '../../parts/dotted-key.tsx'
import { useWording } from '../../wording.ts'

/** The keys of the configuration that refer to a secret, one beneath the other. */
export function SecretUsers({ usedBy }: Pick<SecretView, 'usedBy'>) {
  const { t } = useWording()
  if (usedBy.length === 0) return <span className="quiet">{t('secrets.unused')}</span>
  return (
    <ul>
      {usedBy.map((key) => (
        <li key={key}>{key === 'gateway' ? t('secrets.user.gateway') : <DottedKey>{key}</DottedKey>}</li>
      ))}
    </ul>
  )
}
