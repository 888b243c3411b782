import type { ReactNode } from 'react'
import type { Offer } from '../../../shared/updates.ts'
import { formatBytes, formatDayAndTime, formatMoment } from '../../../shared/wording/format.ts'
import { useWording } from '../../wording.ts'

type OfferWordsProps = {
  offer: Offer
  /** What has become of it, and what can be done with it. */
  children: ReactNode
}

/** A version that could be taken: what it is, and what is new in it. */
export function OfferWords({ offer, children }: OfferWordsProps) {
  const { language, t } = useWording()
  const { version, publishedAt, bytes, notes, notesUrl } = offer
  return (
    <div className="offer">
      <p className="offer-what">
        <strong>{t('updates.offer.version', { version })}</strong>
        {publishedAt !== null && (
          <span className="quiet" title={formatMoment(language, publishedAt)}>
            {t('updates.offer.published', { at: formatDayAndTime(language, publishedAt) })}
          </span>
        )}
        {bytes !== null && <span className="quiet">{formatBytes(bytes)}</span>}
      </p>
      {notes !== '' && (
        <div className="offer-notes">
          <h3>{t('updates.offer.notes', { version })}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <pre tabIndex={0}>{notes}</pre>
        </div>
      )}
      {notesUrl !== null && (
        <p>
          <a href={notesUrl} target="_blank" rel="noreferrer">
            {t('updates.offer.notesUrl')}
          </a>
        </p>
      )}
      {children}
    </div>
  )
}
