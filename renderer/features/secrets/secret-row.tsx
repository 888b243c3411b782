import { useState } from 'react'
import { gatewayTokenName, type SecretStoreKind, type SecretView } from '../../../shared/secrets.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useWording } from '../../wording.ts'
import { keysOf } from './secret-text.ts'
import { SecretUsers } from './secret-users.tsx'
import { useSecrets } from './secrets-store.ts'
import { SetSecret } from './set-secret.tsx'

type Opened = 'set' | 'delete' | 'rotate'
type SecretRowProps = { secret: SecretView; storeKind: SecretStoreKind }

/** One secret, and under it whatever is being done with it. */
export function SecretRow({ secret, storeKind }: SecretRowProps) {
  const { t } = useWording()
  const { secrets } = useCommands()
  const { name } = secret
  const [opened, setOpened] = useState<Opened | null>(null)
  const isAsked = useSecrets((store) => store.asked.has(name))
  const refusal = useSecrets((store) => store.refusals[name])
  const close = () => {
    if (opened) focusOn(`${name}-${opened}`)
    setOpened(null)
    useSecrets.getState().forgetRefusal(name)
  }
  const isFixed = secret.source === 'environment'
  const moveTo = secret.inEnvFile && storeKind !== 'envFile' ? storeKind : null
  const act = (which: Opened, words: string) => (
    <Button
      id={`${name}-${which}`}
      kind="quiet"
      busy={isAsked || isFixed}
      of={name}
      expanded={opened === which}
      onPress={() => (opened === which ? close() : setOpened(which))}
    >
      {words}
    </Button>
  )
  return (
    <>
      <tr className="table-row" data-opened={opened !== null || refusal !== undefined}>
        <th scope="row" className="secret-name">
          <code>{name}</code>
        </th>
        <td data-label={t('secrets.column.usedBy')}>
          <SecretUsers usedBy={secret.usedBy} />
        </td>
        <td data-label={t('secrets.column.changed')} className="quiet">
          {secret.changedAt === null ? (
            <span title={t('secrets.notFromHereHint')}>{t('secrets.notFromHere')}</span>
          ) : (
            <Moment at={secret.changedAt} />
          )}
        </td>
        <td data-label={t('secrets.column.source')}>
          <CodedText>{t(`secrets.source.${secret.source}`)}</CodedText>
          {secret.inEnvFile && secret.source !== 'envFile' && (
            <p className="quiet">
              <CodedText>{t('secrets.alsoInEnv')}</CodedText>
            </p>
          )}
        </td>
        <td className="table-acts">
          <div>
            {moveTo && (
              <Button
                kind="quiet"
                busy={isAsked || isFixed}
                of={name}
                onPress={() => void secrets.move(name)}
              >
                {t(`secrets.act.move.${moveTo}`)}
              </Button>
            )}
            {name === gatewayTokenName && act('rotate', t('secrets.act.rotate'))}
            {act('set', t('secrets.act.set'))}
            {(secret.stored || secret.inEnvFile) && act('delete', t('secrets.act.delete'))}
          </div>
        </td>
      </tr>
      {(opened || refusal || isFixed || secret.source === 'config') && (
        <tr className="table-more">
          <td colSpan={5}>
            {isFixed && <p className="quiet">{t('secrets.byEnvironment')}</p>}
            {secret.source === 'config' && (
              <p className="quiet">
                <CodedText>
                  {t(name === gatewayTokenName ? 'secrets.tokenInConfig' : 'secrets.inConfig')}
                </CodedText>
              </p>
            )}
            {opened === 'set' && <SetSecret name={name} labelledBy={`${name}-set`} onClose={close} />}
            {opened === 'delete' && (
              <Confirm
                act={t('secrets.act.deleteIt')}
                cancel={t('secrets.act.cancel')}
                busy={isAsked}
                onAct={() => void secrets.delete(name).then((isDone) => isDone && close())}
                onClose={close}
              >
                <CodedText>
                  {secret.usedBy.length > 0
                    ? t('secrets.confirm.deleteUsed', { name, keys: keysOf(secret.usedBy) })
                    : t('secrets.confirm.delete', { name })}
                </CodedText>
              </Confirm>
            )}
            {opened === 'rotate' && (
              <Confirm
                act={t('secrets.act.rotateIt')}
                cancel={t('secrets.act.cancel')}
                busy={isAsked}
                onAct={() => void secrets.rotateToken(name).then((isDone) => isDone && close())}
                onClose={close}
              >
                <p>{t('secrets.confirm.rotate')}</p>
                <p className="quiet">{t('secrets.confirm.rotateHint')}</p>
              </Confirm>
            )}
            {refusal && opened !== 'set' && <InlineProblem problem={refusal} />}
          </td>
        </tr>
      )}
    </>
  )
}
