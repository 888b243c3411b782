import { useId, useState } from 'react'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Row } from '../../parts/row.tsx'
import { useWording } from '../../wording.ts'
import { ServiceState } from './service-state.tsx'
import { useService } from './startup-stores.ts'

type Act = 'install' | 'remove'

/** The gateway as a service of systemd or launchd: each change is explained before it is made. */
export function ServiceSetting() {
  const { language, t } = useWording()
  const { startup } = useCommands()
  const id = useId()
  const view = useService((store) => store.view)
  const isAsked = useService((store) => store.asked.has('change'))
  const refusal = useService((store) => store.refusals.change)
  const [asking, setAsking] = useState<Act | null>(null)
  if (!view) return null
  const { manager, file, active, path, problem } = view
  if (manager === null) {
    const none = problem && describeProblem(language, problem)
    return (
      <Row id={id} label={t('startup.service.label')} hint={t('startup.service.hint')} control={null}>
        {none && (
          <p className="row-hint">
            <CodedText>{`${none.what} ${none.remedy}`}</CodedText>
          </p>
        )}
      </Row>
    )
  }
  const needsReplace = file === 'edited' || file === 'foreign'
  const isWell = file === 'ours' && active !== 'failed' && active !== 'unloaded' && view.enabled !== false
  const open = (act: Act) => setAsking(asking === act ? null : act)
  const close = () => {
    if (asking) focusOn(`${id}-${asking}`)
    setAsking(null)
  }
  const act = async (what: Act) => {
    const isDone = await (what === 'install' ? startup.installService : startup.uninstallService)(
      needsReplace,
    )
    setAsking(null)
    focusOn(isDone ? `${id}-${what === 'install' ? 'remove' : 'install'}` : `${id}-${what}`)
  }
  return (
    <Row
      id={id}
      label={t('startup.service.label')}
      hint={t('startup.service.hint')}
      isSaving={isAsked}
      control={
        <div className="startup-acts">
          {!isWell && file !== 'unreadable' && (
            <Button
              id={`${id}-install`}
              expanded={asking === 'install'}
              busy={isAsked}
              onPress={() => open('install')}
            >
              {t(installWord(file))}
            </Button>
          )}
          {(file === 'ours' || file === 'edited') && (
            <Button
              id={`${id}-remove`}
              expanded={asking === 'remove'}
              busy={isAsked}
              onPress={() => open('remove')}
            >
              {t('startup.service.remove')}
            </Button>
          )}
        </div>
      }
    >
      {file !== 'absent' && <ServiceState view={view} />}
      {problem && <InlineProblem problem={problem} />}
      {asking && (
        <Confirm
          key={asking}
          act={t(asking === 'install' ? 'startup.service.installIt' : 'startup.service.removeIt')}
          cancel={t('startup.service.cancel')}
          busy={isAsked}
          onAct={() => void act(asking)}
          onClose={close}
        >
          {asking === 'install' ? (
            <p>
              {t('startup.service.confirmInstall', { manager })} {t('startup.service.confirmTogether')}
            </p>
          ) : (
            <p>
              <CodedText>{t('startup.service.confirmRemove', { path })}</CodedText>
            </p>
          )}
          {needsReplace && (
            <p>
              <CodedText>{t('startup.service.confirmReplace')}</CodedText>
            </p>
          )}
        </Confirm>
      )}
      {refusal && !asking && <InlineProblem problem={refusal} />}
    </Row>
  )
}

function installWord(file: 'absent' | 'ours' | 'edited' | 'foreign') {
  if (file === 'absent') return 'startup.service.install'
  return file === 'ours' ? 'startup.service.repair' : 'startup.service.replace'
}
