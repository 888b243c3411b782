import { type FormEvent, useId, useState } from 'react'
import { type SecretStoreKind, type SecretStoreView, secretStoreKinds } from '../../../shared/secrets.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { PassphraseField, textIn } from '../../parts/passphrase-field.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { useSecrets } from './secrets-store.ts'

/** Where to keep secrets from now on, with an honest word on each place. */
export function StoreChoice({ store, onClose }: { store: SecretStoreView; onClose: (() => void) | null }) {
  const { t } = useWording()
  const { secrets } = useCommands()
  const id = useId()
  const isAsked = useSecrets((state) => state.asked.has('store'))
  const kinds = secretStoreKinds.filter((kind) => {
    if (kind === 'keychain') return store.keychainThere && store.kind !== kind
    // A sealed file that is gone or cannot be read may be begun anew.
    return store.kind !== kind || (kind === 'sealedFile' && /^(absent|failed)$/.test(store.state))
  })
  const [kind, setKind] = useState<SecretStoreKind>(kinds[0] ?? 'sealedFile')
  const [fault, setFault] = useState<'empty' | 'differ' | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isAsked) return
    const passphrase = textIn(event.currentTarget, 'passphrase')
    const isSealed = kind === 'sealedFile'
    const found = !isSealed
      ? null
      : passphrase === ''
        ? 'empty'
        : passphrase !== textIn(event.currentTarget, 'again')
          ? 'differ'
          : null
    setFault(found)
    if (found) return
    if (await secrets.chooseStore(kind, isSealed ? passphrase : undefined)) onClose?.()
  }
  return (
    <form className="form store-choice" onSubmit={(event) => void submit(event)}>
      <fieldset className="choices">
        <legend className="form-label">{t('secrets.store.choose')}</legend>
        {kinds.map((one) => (
          <label className="choice" key={one}>
            <input type="radio" name={id} checked={one === kind} onChange={() => setKind(one)} />
            <span>
              <span className="choice-label">
                <CodedText>{t(`secrets.store.use.${one}`)}</CodedText>
              </span>
              <span className="form-hint">{t(`secrets.store.useHint.${one}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'sealedFile' && (
        <>
          <PassphraseField
            name="passphrase"
            label={t('secrets.store.passphrase')}
            hint={t('secrets.store.passphraseHint')}
            fault={fault === 'empty' ? t('secrets.store.passphraseHint') : null}
            onInput={() => setFault(null)}
          />
          <PassphraseField
            name="again"
            label={t('secrets.store.passphraseAgain')}
            fault={fault === 'differ' ? t('secrets.store.passphrasesDiffer') : null}
            onInput={() => setFault(null)}
          />
        </>
      )}
      <div className="form-acts">
        <SubmitButton busy={isAsked}>{t('secrets.store.keepHere')}</SubmitButton>
        {onClose && <Button onPress={onClose}>{t('secrets.act.cancel')}</Button>}
      </div>
    </form>
  )
}
