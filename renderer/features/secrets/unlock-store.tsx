import type { FormEvent } from 'react'
import { useCommands } from '../../commands.ts'
import { PassphraseField, textIn } from '../../parts/passphrase-field.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { useSecrets } from './secrets-store.ts'

/** Opens the sealed file for as long as the host runs. */
export function UnlockStore() {
  const { t } = useWording()
  const { secrets } = useCommands()
  const isAsked = useSecrets((store) => store.asked.has('store'))
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const passphrase = textIn(form, 'passphrase')
    if (isAsked || passphrase === '') return
    await secrets.unlock(passphrase)
    form.reset()
  }
  return (
    <form className="form unlock" onSubmit={(event) => void submit(event)}>
      <PassphraseField
        name="passphrase"
        label={t('secrets.store.passphrase')}
        fault={null}
        onInput={() => useSecrets.getState().forgetRefusal('store')}
      />
      <div className="form-acts">
        <SubmitButton busy={isAsked}>{t('secrets.store.unlock')}</SubmitButton>
      </div>
    </form>
  )
}
