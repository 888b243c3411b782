import type { GatewayUpdate } from '../../../shared/updates.ts'
import { useWording } from '../../wording.ts'
import { GatewayRow } from './gateway-row.tsx'
import '../../parts/table.css'

const columns = ['version', 'from', 'installed', 'size', 'acts'] as const

/** Every gateway that can be switched to. */
export function GatewayTable({ gateway: { installed, active } }: { gateway: GatewayUpdate }) {
  const { t } = useWording()
  return (
    <table className="table gateway-table" aria-label={t('updates.gateway.installed')}>
      <thead>
        <tr className="table-head">
          {columns.map((column) => (
            <th scope="col" key={column} className={column === 'size' ? 'table-number' : undefined}>
              {column === 'acts' ? (
                <span className="unseen">{t('updates.gateway.column.acts')}</span>
              ) : (
                t(`updates.gateway.column.${column}`)
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {installed.map((program) => (
          <GatewayRow key={program.id} program={program} isActive={program.id === active.id} />
        ))}
      </tbody>
    </table>
  )
}
