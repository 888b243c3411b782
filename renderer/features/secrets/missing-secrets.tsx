import { useState } from 'react'
import { gatewayTokenName, type SecretView } from '../../../shared/secrets.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { keysOf } from './secret-text.ts'
import { useSecrets } from './secrets-store.ts'
import { SetSecret } from './set-secret.tsx'

/** What the configuration refers to and nothing gives: before all else, with the button that helps. */
export function MissingSecrets({ secrets }: { secrets: readonly SecretView[] }) {
  const { t } = useWording()
  return (
    <section className="missing" aria-label={t('secrets.missing.title')}>
      {secrets.map((secret) => (
        <MissingSecret key={secret.name} secret={secret} />
      ))}
    </section>
  )
}

function MissingSecret({ secret }: { secret: SecretView }) {
  const { t } = useWording()
  const { name } = secret
  const { secrets } = useCommands()
  const [isOpen, setOpen] = useState(false)
  const isAsked = useSecrets((store) => store.asked.has(name))
  const refusal = useSecrets((store) => store.refusals[name])
  /** Nobody has to think one up: clients are given the same. */
  const canBeMade = name === gatewayTokenName
  const close = () => {
    setOpen(false)
    focusOn(`${name}-missing`)
    useSecrets.getState().forgetRefusal(name)
  }
  return (
    <div className="missing-secret">
      <StateShape shape="attention" size={14} />
      <div>
        <p className="missing-what">
          <CodedText>{t('secrets.missing.what', { name })}</CodedText>
        </p>
        {secret.usedBy.length > 0 && (
          <p>
            <CodedText>{t('secrets.missing.usedBy', { keys: keysOf(secret.usedBy) })}</CodedText>
          </p>
        )}
      </div>
      <div className="missing-acts">
        {canBeMade && (
          <Button kind="primary" busy={isAsked} onPress={() => void secrets.rotateToken(name)}>
            {t('secrets.missing.random')}
          </Button>
        )}
        <Button
          id={`${name}-missing`}
          kind={canBeMade ? 'plain' : 'primary'}
          busy={isAsked}
          of={name}
          expanded={isOpen}
          onPress={() => (isOpen ? close() : setOpen(true))}
        >
          {t('secrets.act.set')}
        </Button>
      </div>
      {isOpen && <SetSecret name={name} labelledBy={`${name}-missing`} onClose={close} />}
      {refusal && !isOpen && <InlineProblem problem={refusal} />}
    </div>
  )
}
