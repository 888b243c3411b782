import type { RestorePreview } from '../../../shared/backup-results.ts'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'

/** What restoring would do: from when, from where, what changes, and what is to be known before. */
export function Preview({ preview }: { preview: RestorePreview }) {
  const { language, t } = useWording()
  const { added, changed, removed, same, examples, secretsToSet } = preview
  const counts = [
    added > 0 && t('backups.preview.added', { n: added }),
    changed > 0 && t('backups.preview.changed', { n: changed }),
    removed > 0 && t('backups.preview.removed', { n: removed }),
    t('backups.preview.same', { n: same }),
  ].filter((part) => part !== false)
  const hidden = added + changed + removed - examples.length
  const unknown = t('backups.preview.unknown')
  return (
    <>
      <dl className="preview-facts">
        <dt>{t('backups.preview.file')}</dt>
        <dd>
          <code>{preview.file}</code>
        </dd>
        <dt>{t('backups.preview.made')}</dt>
        <dd>{preview.createdAt === null ? unknown : formatMoment(language, preview.createdAt)}</dd>
        <dt>{t('backups.preview.machine')}</dt>
        <dd>{preview.machine === null ? unknown : <code>{preview.machine}</code>}</dd>
        <dt>{t('backups.preview.contents')}</dt>
        <dd>
          {t('backups.preview.contentsValue', { files: preview.files, size: formatBytes(preview.bytes) })}
        </dd>
        {preview.consistency && (
          <>
            <dt>{t('backups.preview.consistency')}</dt>
            <dd>{t(`backups.consistency.${preview.consistency}`)}</dd>
          </>
        )}
        <dt>{t('backups.preview.changes')}</dt>
        <dd>{added + changed + removed === 0 ? t('backups.preview.nothing') : counts.join(' · ')}</dd>
      </dl>
      {examples.length > 0 && (
        <ul className="preview-examples">
          {examples.map(({ change, path }) => (
            <li key={path}>
              <span className="quiet">{t(`backups.preview.change.${change}`)}</span> <code>{path}</code>
            </li>
          ))}
          {hidden > 0 && <li className="quiet">{t('backups.preview.more', { n: hidden })}</li>}
        </ul>
      )}
      <ul className="preview-notes">
        {preview.format === 'plainTar' && <Note isAttention>{t('backups.preview.plainTar')}</Note>}
        {preview.mayNeedRelink && <Note isAttention>{t('backups.preview.relink')}</Note>}
        {secretsToSet.length > 0 && (
          <Note>
            {t('backups.preview.secrets', { names: secretsToSet.map((name) => `\`${name}\``).join(', ') })}
          </Note>
        )}
        {preview.stopsGateway && <Note>{t('backups.preview.stops')}</Note>}
        <Note>{t('backups.preview.kept')}</Note>
      </ul>
    </>
  )
}

function Note({ children, isAttention = false }: { children: string; isAttention?: boolean }) {
  return (
    <li>
      {isAttention ? <StateShape shape="attention" size={12} /> : <span className="preview-dot" />}
      <span>
        <CodedText>{children}</CodedText>
      </span>
    </li>
  )
}
