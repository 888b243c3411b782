import { useState } from 'react'
import type { SecretStoreState, SecretStoreView } from '../../../shared/secrets.ts'
import type { Shape } from '../../../shared/state-shape.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { ProblemText, problemHeadline } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { useSecrets } from './secrets-store.ts'
import { StoreChoice } from './store-choice.tsx'
import { UnlockStore } from './unlock-store.tsx'

const shapeOf: Record<SecretStoreState, Shape> = {
  ready: 'running',
  absent: 'attention',
  locked: 'attention',
  denied: 'attention',
  waiting: 'starting',
  failed: 'failed',
}
const changeId = 'secret-store-change'

/** Where secrets are kept, how that place is, and what helps where it is not well. */
export function SecretStoreLine({ store }: { store: SecretStoreView }) {
  const { language, t } = useWording()
  const { secrets } = useCommands()
  const [isChoosing, setChoosing] = useState(false)
  const isAsked = useSecrets((state) => state.asked.has('store'))
  const refusal = useSecrets((state) => state.refusals.store)
  const mustChoose = store.kind === 'keychain' && store.state === 'absent'
  const isPath = store.title.startsWith('/')
  const close = () => {
    setChoosing(false)
    focusOn(changeId)
    useSecrets.getState().forgetRefusal('store')
  }
  return (
    <section className="secret-store" aria-label={t('secrets.store.keptIn')}>
      <StateShape shape={shapeOf[store.state]} size={14} />
      <div className="secret-store-words">
        <p className="secret-store-name">
          {store.problem ? (
            problemHeadline(describeProblem(language, store.problem).what)
          ) : (
            <>
              {t('secrets.store.keptIn')} <CodedText>{t(`secrets.store.kind.${store.kind}`)}</CodedText>
            </>
          )}
        </p>
        <p>
          <span>{t(`secrets.store.state.${store.state}`)}</span>
          <span className="quiet" aria-hidden="true">
            {' · '}
          </span>
          {isPath ? (
            <code>{store.title}</code>
          ) : (
            <span className="quiet" lang="en">
              {store.title}
            </span>
          )}
        </p>
        {store.kind === 'envFile' && store.state === 'ready' && (
          <p className="quiet">{t('secrets.store.openFile')}</p>
        )}
        {store.problem && <ProblemText problem={store.problem} />}
      </div>
      <div className="secret-store-acts">
        {store.state !== 'ready' && (
          <Button busy={isAsked} onPress={() => void secrets.look()}>
            {t('secrets.store.lookAgain')}
          </Button>
        )}
        {!mustChoose && (
          <Button
            id={changeId}
            kind="quiet"
            expanded={isChoosing}
            onPress={() => (isChoosing ? close() : setChoosing(true))}
          >
            {t('secrets.store.change')}
          </Button>
        )}
      </div>
      {(mustChoose || isChoosing || store.state === 'locked' || refusal) && (
        <div className="secret-store-more">
          {store.kind === 'sealedFile' && store.state === 'locked' && !isChoosing && <UnlockStore />}
          {(mustChoose || isChoosing) && <StoreChoice store={store} onClose={mustChoose ? null : close} />}
          {refusal && <InlineProblem problem={refusal} />}
        </div>
      )}
    </section>
  )
}
