import { useState } from 'react'
import type { GatewayProgram } from '../../../shared/updates.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Moment } from '../../parts/moment.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { JobBrief } from '../jobs/job-brief.tsx'
import { useUpdates } from './updates-store.ts'
import { useBusy, useRunningJob } from './use-running-job.ts'

type GatewayRowProps = { program: GatewayProgram; isActive: boolean }

/** One gateway, and under it what is asked or being done about it. */
export function GatewayRow({ program, isActive }: GatewayRowProps) {
  const { t } = useWording()
  const { updates } = useCommands()
  const { id, version, installedAt, bytes } = program
  const [asking, setAsking] = useState<'use' | 'remove' | null>(null)
  const [isSwitching, setSwitching] = useState(false)
  const isAsked = useUpdates((store) => store.asked.has(id))
  const refusal = useUpdates((store) => store.refusals[id])
  const isBusy = useBusy()
  const job = useRunningJob('gateway.switch')
  const name = program.package === null ? `${t('updates.gateway.builtIn')} ${version}` : id
  const close = () => {
    focusOn(`${id}-${asking}`)
    setAsking(null)
    useUpdates.getState().forgetRefusal(id)
  }
  const switchToIt = async () => {
    setSwitching(true)
    if (await updates.switchTo(id)) setAsking(null)
    else setSwitching(false)
  }
  const act = (kind: 'use' | 'remove') => (
    <Button
      id={`${id}-${kind}`}
      kind="quiet"
      busy={isAsked || isBusy}
      label={t(`updates.gateway.${kind}Of`, { name })}
      expanded={asking === kind}
      onPress={() => (asking === kind ? close() : setAsking(kind))}
    >
      {t(`updates.gateway.${kind}`)}
    </Button>
  )
  const shownJob = isSwitching ? job : undefined
  return (
    <>
      <tr className="table-row">
        <th scope="row">
          {version}
          {isActive && (
            <span className="gateway-active">
              <StateShape shape="running" size={10} />
              {t('updates.gateway.active')}
            </span>
          )}
        </th>
        <td data-label={t('updates.gateway.column.from')}>
          {program.package === null ? t('updates.gateway.builtIn') : <code>{program.package}</code>}
        </td>
        <td className="quiet" data-label={t('updates.gateway.column.installed')}>
          {installedAt === null ? t('updates.gateway.withApp') : <Moment at={installedAt} />}
        </td>
        <td className="table-number" data-label={t('updates.gateway.column.size')}>
          {bytes === null ? '–' : formatBytes(bytes)}
        </td>
        <td className="table-acts">
          {!isActive && (
            <div>
              {act('use')}
              {program.kind === 'package' && act('remove')}
            </div>
          )}
        </td>
      </tr>
      {(asking || refusal || shownJob) && (
        <tr className="table-more">
          <td colSpan={5}>
            {shownJob && <JobBrief job={shownJob} />}
            {asking === 'use' && (
              <Confirm
                act={t('updates.gateway.useIt')}
                cancel={t('updates.cancel')}
                kind="primary"
                busy={isAsked}
                onAct={() => void switchToIt()}
                onClose={close}
              >
                <CodedText>{t('updates.gateway.confirmUse', { name })}</CodedText>
              </Confirm>
            )}
            {asking === 'remove' && (
              <Confirm
                act={t('updates.gateway.removeIt')}
                cancel={t('updates.cancel')}
                busy={isAsked}
                onAct={() => void updates.removeGateway(id)}
                onClose={close}
              >
                <CodedText>{t('updates.gateway.confirmRemove', { name })}</CodedText>
              </Confirm>
            )}
            {refusal && <InlineProblem problem={refusal} />}
          </td>
        </tr>
      )}
    </>
  )
}
