import { CopyButton } from '../../parts/copy-button.tsx'
import { useWording } from '../../wording.ts'

/** What the gateway wrote before it ended, oldest first. */
export function LastLines({ lines }: { lines: readonly string[] }) {
  const { t } = useWording()
  const text = lines.join('\n')
  return (
    <div className="last-lines">
      <div className="last-lines-head">
        <h2>{t('overview.lastLines')}</h2>
        <CopyButton text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  )
}
