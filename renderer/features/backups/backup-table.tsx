import { useState } from 'react'
import type { BackupFile, BackupsView } from '../../../shared/backups.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { useJobs } from '../jobs/jobs-store.ts'
import { BackupRow } from './backup-row.tsx'
import '../../parts/table.css'

/** So many rows are drawn without a thought; whoever keeps more asks for them. */
const rowsAtOnce = 200
const columns = ['made', 'size', 'verified', 'acts'] as const

type BackupTableProps = { files: BackupsView['files']; onRestore(file: BackupFile): void }

/** The backups in the folder, newest first. */
export function BackupTable({ files, onRestore }: BackupTableProps) {
  const { t } = useWording()
  const [rows, setRows] = useState(rowsAtOnce)
  const isBusy = useJobs((store) => store.view?.jobs.some(({ state }) => state === 'running') ?? false)
  if (files.length === 0) return <p className="empty backups-empty">{t('backups.empty')}</p>
  const hidden = files.length - rows
  return (
    <>
      <table className="table backup-table" aria-label={t('backups.list')}>
        <thead>
          <tr className="table-head">
            {columns.map((column) => (
              <th scope="col" key={column} className={column === 'size' ? 'table-number' : undefined}>
                {column === 'acts' ? (
                  <span className="unseen">{t('backups.column.acts')}</span>
                ) : (
                  t(`backups.column.${column}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.slice(0, rows).map((file) => (
            <BackupRow
              key={file.name}
              file={file}
              isOnly={files.length === 1}
              isBusy={isBusy}
              onRestore={onRestore}
            />
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <Button kind="quiet" onPress={() => setRows(rows + rowsAtOnce)}>
          {t('backups.more', { n: Math.min(hidden, rowsAtOnce) })}
        </Button>
      )}
    </>
  )
}
