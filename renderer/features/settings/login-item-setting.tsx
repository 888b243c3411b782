import { useId, useState } from 'react'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Row } from '../../parts/row.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useWording } from '../../wording.ts'
import { useLoginItem } from './startup-stores.ts'

const replaceId = 'login-item-replace'

/** Whether a login opens Moltbot, as the operating system says; an entry of somebody else's is not touched unasked. */
export function LoginItemSetting() {
  const { t } = useWording()
  const { startup } = useCommands()
  const id = useId()
  const view = useLoginItem((store) => store.view)
  const isAsked = useLoginItem((store) => store.asked.has('change'))
  const refusal = useLoginItem((store) => store.refusals.change)
  /** Shown until the host has answered, and never longer. */
  const [wish, setWish] = useState<boolean | null>(null)
  const [isReplacing, setReplacing] = useState(false)
  if (!view) return null
  const { state, opens, path, problem } = view
  const runs = problem?.code === 'LOGIN_ITEM_FOREIGN' ? problem.params.runs : ''
  const isSwitch = state !== 'foreign' && state !== 'unsupported'
  const isSaid = refusal !== undefined && refusal.code === problem?.code
  const close = () => {
    setReplacing(false)
    focusOn(replaceId)
  }
  return (
    <Row
      id={id}
      label={isSwitch ? <label htmlFor={id}>{t('startup.login.label')}</label> : t('startup.login.label')}
      hint={t(`startup.login.${opens}`)}
      isSmall={isSwitch}
      isSaving={isAsked}
      control={
        isSwitch && (
          <Switch
            id={id}
            isOn={wish ?? state !== 'off'}
            onChange={(on) => {
              setWish(on)
              void startup.launchAtLogin(on).then(() => setWish(null))
            }}
          />
        )
      }
    >
      {state === 'on' && path !== null && (
        <p className="row-hint">
          <CodedText>{t('startup.login.entry', { path })}</CodedText>
        </p>
      )}
      {problem && (
        <InlineProblem problem={problem}>
          {state === 'foreign' && (
            <div className="startup-acts">
              <Button id={replaceId} expanded={isReplacing} onPress={() => setReplacing(!isReplacing)}>
                {t('startup.login.replace')}
              </Button>
            </div>
          )}
        </InlineProblem>
      )}
      {isReplacing && state === 'foreign' && (
        <Confirm
          act={t('startup.login.replaceIt')}
          cancel={t('startup.service.cancel')}
          busy={isAsked}
          onAct={() => void startup.launchAtLogin(true, true).then((isDone) => isDone && setReplacing(false))}
          onClose={close}
        >
          <p>
            <CodedText>{t('startup.login.confirmReplace', { runs })}</CodedText>
          </p>
        </Confirm>
      )}
      {refusal && !isSaid && <InlineProblem problem={refusal} />}
    </Row>
  )
}
