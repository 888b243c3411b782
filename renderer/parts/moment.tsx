import { formatAgo, formatMoment } from '../../shared/wording/format.ts'
import { useQuarterMinute } from '../clock.ts'
import { useWording } from '../wording.ts'

/** How long ago, with the moment itself on hover. `at`: ms since 1970. */
export function Moment({ at }: { at: number }) {
  const { language } = useWording()
  const now = useQuarterMinute()
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(language, at)}>
      {formatAgo(language, at, now)}
    </time>
  )
}
