import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { SaveSheet } from './save-sheet.tsx'
import '../../parts/notice.css'

/** Until a recovery sheet was saved: what is at stake, and the way out. */
export function SheetNotice({ onSaved }: { onSaved(path: string): void }) {
  const { t } = useWording()
  return (
    <div className="notice sheet">
      <StateShape shape="attention" size={14} />
      <div className="notice-text">
        <p className="notice-what">{t('backups.sheet.what')}</p>
        <p className="remedy">{t('backups.sheet.why')}</p>
        <SaveSheet onSaved={onSaved} />
      </div>
    </div>
  )
}
