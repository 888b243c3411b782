import { useState } from 'react'
import type { SecretView } from '../../../shared/secrets.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { keysOf } from './secret-row.tsx'
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
  const [isOpen, setOpen] = useState(false)
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
            <CodedText>{t('secrets.missing.usedBy', { keys: keysOf(secret) })}</CodedText>
          </p>
        )}
      </div>
      <Button
        id={`${name}-missing`}
        kind="primary"
        of={name}
        expanded={isOpen}
        onPress={() => (isOpen ? close() : setOpen(true))}
      >
        {t('secrets.act.set')}
      </Button>
      {isOpen && <SetSecret name={name} labelledBy={`${name}-missing`} onClose={close} />}
    </div>
  )
}
