import { useMemo } from 'react'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useWording } from '../../wording.ts'
import { visibleText } from './ansi.ts'
import { copiedLine } from './copy-text.ts'
import { isLine } from './log-entry.ts'
import { queryPattern } from './log-filter.ts'
import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { Pieces } from './pieces.tsx'
import { wholePieces } from './row-pieces.ts'
import './log-detail.css'

/** The active line as a whole, with where and when it was written. */
export function LogDetail() {
  const { language, t } = useWording()
  const { book } = useLog()
  const { active, isDetailOpen, showDetail } = useLogView()
  const entry = active === null ? undefined : book.entry(active)
  const { query } = book.filter
  const pieces = useMemo(
    () => (entry && isLine(entry) ? wholePieces(entry.text, queryPattern(query)) : []),
    [entry, query],
  )
  if (!isDetailOpen || active === null || !entry || !isLine(entry)) return null
  const { time, level, subsystem, offset, bytes, cutBytes } = entry
  return (
    <section
      className="log-detail"
      aria-label={t('logs.detail.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') showDetail(false)
      }}
    >
      <div className="log-detail-head">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre tabIndex={0}>
          <bdi dir="ltr">
            <Pieces pieces={pieces} />
          </bdi>
        </pre>
        <div className="log-detail-acts">
          <CopyButton text={copiedLine(entry)} />
          <Button kind="icon" label={t('logs.detail.close')} onPress={() => showDetail(false)}>
            <Icon name="close" />
          </Button>
        </div>
      </div>
      {cutBytes > 0 && <p className="remedy">{t('logs.detail.cut', { size: formatBytes(cutBytes) })}</p>}
      <dl>
        <Fact label={t('logs.detail.time')}>
          {time === null
            ? t('logs.detail.noTime')
            : `${formatMoment(language, time)} (${new Date(time).toISOString()})`}
        </Fact>
        <Fact label={t('logs.detail.level')}>{t(`logs.level.${level ?? 'other'}`)}</Fact>
        {subsystem !== null && (
          <Fact label={t('logs.detail.subsystem')}>
            <code>{visibleText(subsystem)}</code>
          </Fact>
        )}
        <Fact label={t('logs.detail.file')}>
          <code>{book.fileOf(active)?.path}</code>
        </Fact>
        <Fact label={t('logs.detail.place')}>
          {t('logs.detail.placeValue', {
            offset: offset.toLocaleString(language),
            size: formatBytes(bytes),
          })}
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
