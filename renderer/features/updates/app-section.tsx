import { useState } from 'react'
import type { AppUpdate } from '../../../shared/updates.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { Group } from '../../parts/group.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { useWording } from '../../wording.ts'
import { JobBrief } from '../jobs/job-brief.tsx'
import { OfferWords } from './offer-words.tsx'
import { SkippedLine } from './skipped-line.tsx'
import { useUpdates } from './updates-store.ts'
import { useBusy, useRunningJob } from './use-running-job.ts'

const installId = 'updates-install'

/** The application itself: which version this is, and the next one from its offer to its installation. */
export function AppSection({ app }: { app: AppUpdate }) {
  const { language, t } = useWording()
  const refusal = useUpdates((store) => store.refusals.app)
  const { state, offer, skipped, problem } = app
  return (
    <Group title={t('updates.app.title')}>
      <div className="updates-part">
        <p className="offer-what">
          <strong>{t('updates.offer.version', { version: app.current })}</strong>
          <span className="quiet">{t('updates.gateway.active')}</span>
        </p>
        {state === 'unavailable' && problem && (
          // Nothing is wrong: most copies that are no package never were to update themselves.
          <div className="quiet">
            <p>
              <CodedText>{describeProblem(language, problem).what}</CodedText>
            </p>
            <ProblemText problem={problem} />
          </div>
        )}
      </div>
      {offer && state !== 'unavailable' && (
        <OfferWords offer={offer}>
          <AppActs app={app} version={offer.version} />
        </OfferWords>
      )}
      {skipped !== null && !offer && state !== 'unavailable' && <SkippedLine what="app" version={skipped} />}
      {problem && state !== 'unavailable' && (
        <div className="updates-part">
          <InlineProblem problem={problem} />
        </div>
      )}
      {refusal && (
        <div className="updates-part">
          <InlineProblem problem={refusal} />
        </div>
      )}
    </Group>
  )
}

function AppActs({ app: { state, installOnQuit }, version }: { app: AppUpdate; version: string }) {
  const { t } = useWording()
  const { updates } = useCommands()
  const [isConfirming, setConfirming] = useState(false)
  const isAsked = useUpdates((store) => store.asked.has('app'))
  const isBusy = useBusy()
  const job = useRunningJob('app.download')
  if (state === 'installing') return <p className="quiet">{t('updates.app.installing')}</p>
  if (state === 'downloading') return job && <JobBrief job={job} />
  const skip = (
    <Button kind="quiet" busy={isAsked} onPress={() => void updates.skip('app', version)}>
      {t('updates.offer.skip')}
    </Button>
  )
  if (state === 'offered') {
    return (
      <div className="offer-acts">
        <Button kind="primary" busy={isAsked || isBusy} onPress={() => void updates.downloadApp()}>
          {t('updates.app.download')}
        </Button>
        {skip}
      </div>
    )
  }
  const close = () => {
    setConfirming(false)
    focusOn(installId)
  }
  return (
    <>
      <div className="quiet">
        <p>{t('updates.app.ready')}</p>
        {installOnQuit && <p>{t('updates.app.onQuit')}</p>}
      </div>
      {isConfirming ? (
        <Confirm
          act={t('updates.app.installIt')}
          cancel={t('updates.app.later')}
          kind="primary"
          busy={isAsked}
          onAct={() => void updates.installApp('now')}
          onClose={close}
        >
          {t('updates.app.confirm', { version })}
        </Confirm>
      ) : (
        <div className="offer-acts">
          <Button
            id={installId}
            kind="primary"
            busy={isAsked || isBusy}
            expanded={false}
            onPress={() => setConfirming(true)}
          >
            {t('updates.app.installNow')}
          </Button>
          <Button
            busy={isAsked}
            onPress={() => void updates.installApp(installOnQuit ? 'notOnQuit' : 'onQuit')}
          >
            {t(installOnQuit ? 'updates.app.notOnQuit' : 'updates.app.installOnQuit')}
          </Button>
        </div>
      )}
    </>
  )
}
