import type { ReactNode } from 'react'
import type { GatewayState } from '../../../shared/gateway-state.ts'
import { wholeSeconds } from '../../../shared/wording/describe-state.ts'
import { formatClock, formatDuration, formatMoment } from '../../../shared/wording/format.ts'
import { useSecond } from '../../clock.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { useWording } from '../../wording.ts'
import { useGateway } from './gateway-store.ts'

/** What stands under the headline, by state. */
export function AnswerDetail({ state }: { state: GatewayState }) {
  const { t } = useWording()
  switch (state.name) {
    case 'stopped':
      return <Stopped state={state} />
    case 'starting':
      return <Starting state={state} />
    case 'running':
      return <Since since={state.since} />
    case 'degraded':
      return (
        <>
          <ProblemText problem={state.why} />
          <Since since={state.since} />
        </>
      )
    case 'stopping':
      return <p className="why">{t(`state.stopping.${state.next}`)}</p>
    case 'backingOff':
      return (
        <>
          <Countdown until={state.until} attempt={state.attempt} />
          <ProblemText problem={state.cause} />
        </>
      )
    case 'failed':
      return <Failed state={state} />
    case 'adopted':
      return <Adopted state={state} />
    case 'serviceManaged':
      return <ServiceManaged state={state} />
    case 'foreign':
      return <ProblemText problem={state.problem} />
  }
}

type In<Name extends GatewayState['name']> = { state: Extract<GatewayState, { name: Name }> }

function Stopped({ state }: In<'stopped'>) {
  const { language, t } = useWording()
  return <p className="why">{t(`state.stopped.${state.why}`, { at: formatClock(language, state.since) })}</p>
}

function Since({
  since,
  text = 'state.since',
}: {
  since: number
  text?: 'state.since' | 'state.watchedSince'
}) {
  const { language, t } = useWording()
  const now = useSecond()
  return (
    <p className="why" title={formatMoment(language, since)}>
      {t(text, {
        at: formatClock(language, since, now),
        duration: formatDuration(language, now - since),
      })}
    </p>
  )
}

function Starting({ state }: In<'starting'>) {
  const { language, t } = useWording()
  const now = useSecond()
  const log = useGateway((store) => store.host?.logPath ?? '')
  return (
    <>
      <p className="why">
        {t(`state.stage.${state.stage}`)}
        <Separator />
        {t('state.elapsed', { duration: formatDuration(language, now - state.since) })}
      </p>
      {state.pace !== 'normal' && (
        <p className="remedy">
          <CodedText>{t(`state.pace.${state.pace}`, { log })}</CodedText>
        </p>
      )}
    </>
  )
}

function Countdown({ until, attempt }: { until: number; attempt: number }) {
  const { language, t } = useWording()
  const left = until - useSecond()
  const text: ReactNode =
    left <= 0
      ? t('state.nextTryNow', { attempt })
      : t('state.nextTry', { attempt, duration: formatDuration(language, wholeSeconds(left)) })
  return <p className="countdown">{text}</p>
}

function Failed({ state }: In<'failed'>) {
  const { t } = useWording()
  return (
    <>
      <ProblemText problem={state.problem} />
      <p className="problem-code">
        <span>{t('overview.code')}</span> <code>{state.problem.code}</code>
      </p>
    </>
  )
}

function Adopted({ state }: In<'adopted'>) {
  const { t } = useWording()
  const isWanted = useGateway((store) => store.view?.intent === 'running')
  return (
    <>
      {state.unwell && <ProblemText problem={state.unwell} />}
      <p className="why">
        <CodedText>{t('state.adopted.why', { program: state.program, pid: state.pid })}</CodedText>
      </p>
      <Since since={state.since} text="state.watchedSince" />
      <p className="remedy">{t(isWanted ? 'state.adopted.thenOurs' : 'state.adopted.remedy')}</p>
    </>
  )
}

function ServiceManaged({ state }: In<'serviceManaged'>) {
  const { t } = useWording()
  const { manager, unit, phase, unwell } = state
  return (
    <>
      {unwell && <ProblemText problem={unwell} />}
      <p className="why">
        <CodedText>{t(`state.service.${phase}`, { manager, unit, command: lookCommand(state) })}</CodedText>
      </p>
      {phase === 'running' && <Since since={state.since} />}
    </>
  )
}

/** What its manager says about it, for a terminal. */
function lookCommand({ manager, unit }: In<'serviceManaged'>['state']): string {
  return manager === 'systemd' ? `systemctl --user status ${unit}` : `launchctl print gui/$UID/${unit}`
}

function Separator() {
  return <span aria-hidden="true"> · </span>
}
