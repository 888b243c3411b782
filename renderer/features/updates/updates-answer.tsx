import type { UpdatesView } from '../../../shared/updates.ts'
import { formatAgo, formatMoment } from '../../../shared/wording/format.ts'
import { useQuarterMinute } from '../../clock.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { Icon } from '../../parts/icon.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { checkedAt, type Headline, updatesHeadline, whyOf } from './updates-headline.ts'
import { useUpdates } from './updates-store.ts'

const shapeOf = { busy: 'starting', attention: 'attention', good: 'running', none: 'stopped' } as const

/** Is there something new? In a line, with when that was asked. */
export function UpdatesAnswer({ view }: { view: UpdatesView }) {
  const { language, t } = useWording()
  const { updates } = useCommands()
  const now = useQuarterMinute()
  const isAsked = useUpdates((store) => store.asked.has('check'))
  const refusal = useUpdates((store) => store.refusals.check)
  const { name, version, mark } = updatesHeadline(view)
  const at = checkedAt(view)
  const why = whyOf(name, view)
  return (
    <section className="updates-answer" aria-labelledby="updates-answer">
      <Mark mark={mark} />
      <h2 id="updates-answer" aria-live="polite">
        <CodedText>{t(`updates.headline.${name}`, { version })}</CodedText>
      </h2>
      <div className="updates-words">
        {why && <p>{t(`updates.headline.${why}`)}</p>}
        {at !== null && (
          <p className="quiet" title={formatMoment(language, at)}>
            {t('updates.checked', { ago: formatAgo(language, at, now) })}
          </p>
        )}
      </div>
      {name !== 'nothing' && (
        <div className="updates-acts">
          <Button busy={isAsked || view.isChecking} onPress={() => void updates.check()}>
            {t('updates.checkNow')}
          </Button>
        </div>
      )}
      {refusal && (
        <div className="updates-more">
          <InlineProblem problem={refusal} />
        </div>
      )}
    </section>
  )
}

function Mark({ mark }: Pick<Headline, 'mark'>) {
  return mark === 'news' ? (
    <Icon name="updates" className="updates-news" />
  ) : (
    <StateShape shape={shapeOf[mark]} size={18} />
  )
}
