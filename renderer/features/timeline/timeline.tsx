import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWording } from '../../wording.ts'
import { chunkNumber, chunksOf } from './chunks.ts'
import { TimelineChunk } from './timeline-chunk.tsx'
import { useTimeline } from './timeline-store.ts'
import './timeline.css'

/** What happened, newest first. */
export function Timeline({ isCurrent }: { isCurrent: boolean }) {
  const { t } = useWording()
  const { showEarlier } = useCommands()
  const { entries, more, loading, problem } = useTimeline()
  return (
    <section className="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline.title')}</h2>
      {entries.length === 0 ? (
        <p className="empty">{t('timeline.empty')}</p>
      ) : (
        <div className="chunks">
          {chunksOf(entries).map((chunk) => (
            <TimelineChunk key={chunkNumber(chunk[0])} entries={chunk} />
          ))}
        </div>
      )}
      {problem && <Notice problem={problem} />}
      {more && isCurrent && (
        <div className="timeline-more">
          <Button kind="quiet" busy={loading} onPress={() => void showEarlier()}>
            {t('act.showEarlier')}
          </Button>
        </div>
      )}
    </section>
  )
}
