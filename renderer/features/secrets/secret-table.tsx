import type { SecretsView } from '../../../shared/secrets.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { useWording } from '../../wording.ts'
import { presentSecrets } from './secret-parts.ts'
import { SecretRow } from './secret-row.tsx'
import { reference } from './secret-text.ts'
import '../../parts/table.css'

const columns = ['name', 'usedBy', 'changed', 'source', 'acts'] as const

/** The secrets there are. */
export function SecretTable({ view }: { view: SecretsView }) {
  const { t } = useWording()
  const secrets = presentSecrets(view)
  if (secrets.length === 0) {
    return (
      <p className="empty secrets-empty">
        <CodedText>{t('secrets.empty', { reference })}</CodedText>
      </p>
    )
  }
  return (
    <table className="table secret-table" aria-label={t('secrets.table')}>
      <thead>
        <tr className="table-head">
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column === 'acts' ? (
                <span className="unseen">{t('secrets.column.acts')}</span>
              ) : (
                t(`secrets.column.${column}`)
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {secrets.map((secret) => (
          <SecretRow key={secret.name} secret={secret} storeKind={view.store.kind} />
        ))}
      </tbody>
    </table>
  )
}
