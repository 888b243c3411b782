import { useId } from 'react'
import { CodedText } from '../../parts/coded-text.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useWording } from '../../wording.ts'
import '../../parts/field.css'

export type OpeningWay = 'own' | 'identity' | 'passphrase'

type OpeningFieldsProps = { way: OpeningWay; onWay(way: OpeningWay): void }

/** What opens a backup: this machine's key, the text of a recovery sheet, or a passphrase. */
export function OpeningFields({ way, onWay }: OpeningFieldsProps) {
  const { t } = useWording()
  const id = useId()
  const ways = ['own', 'identity', 'passphrase'] as const
  return (
    <>
      <div className="form-field">
        <p className="form-label" id={`${id}-label`}>
          {t('backups.file.opensWith')}
        </p>
        <Segments
          id={id}
          choices={ways.map((value) => ({ value, label: t(`backups.file.${value}`) }))}
          chosen={way}
          onChoose={onWay}
        />
        <p className="form-hint" id={`${id}-hint`}>
          {t('backups.file.opensWithHint')}
        </p>
      </div>
      {way === 'identity' && <IdentityField />}
      {way === 'passphrase' && (
        <PassphraseField
          name="passphrase"
          label={t('backups.file.passphrase')}
          fault={null}
          onInput={() => {}}
        />
      )}
    </>
  )
}

function IdentityField() {
  const { t } = useWording()
  const id = useId()
  return (
    <div className="form-field">
      <label htmlFor={id}>{t('backups.file.identityText')}</label>
      <textarea
        id={id}
        name="identity"
        className="field"
        rows={3}
        data-code="true"
        data-veiled="true"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={32_768}
        aria-describedby={`${id}-hint`}
      />
      <p className="form-hint" id={`${id}-hint`}>
        <CodedText>{t('backups.file.identityHint')}</CodedText>
      </p>
    </div>
  )
}
