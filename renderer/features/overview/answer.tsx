import { useEffect, useRef } from 'react'
import { faceOf, type GatewayState } from '../../../shared/gateway-state.ts'
import { shapeOf } from '../../../shared/state-shape.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { type Language, textsIn } from '../../../shared/wording/texts.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { problemHeadline } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { AnswerDetail } from './answer-detail.tsx'
import { offeredActs } from './gateway-acts.ts'
import { useGateway } from './gateway-store.ts'
import { LastLines } from './last-lines.tsx'
import './answer.css'

/** Is it up, since when, why if not, and the button that helps. */
export function Answer({ state, isCurrent }: { state: GatewayState; isCurrent: boolean }) {
  const { language, t } = useWording()
  const commands = useCommands()
  const acting = useGateway((store) => store.acting)
  const refusal = useGateway((store) => store.refusal)
  const acts = useFocusKept(faceOf(state))
  const headline = isCurrent
    ? headlineOf(language, state)
    : t('connection.lastState', { word: t(`state.word.${faceOf(state)}`) })
  return (
    <section className="answer" aria-labelledby="answer">
      <StateShape shape={shapeOf[faceOf(state)]} size={20} />
      <h1 id="answer" tabIndex={-1}>
        {headline}
      </h1>
      {isCurrent && (
        <div className="answer-detail">
          <AnswerDetail state={state} />
        </div>
      )}
      <div className="answer-acts" ref={acts}>
        {isCurrent &&
          offeredActs(t, state).map(({ act, label, isPrimary }) => (
            <Button
              key={act}
              kind={isPrimary ? 'primary' : 'plain'}
              busy={acting !== null}
              onPress={() => void commands.gateway(act)}
            >
              <Icon name={act} />
              {label}
            </Button>
          ))}
      </div>
      {isCurrent && state.name === 'failed' && state.lastLines.length > 0 && (
        <LastLines lines={state.lastLines} />
      )}
      {refusal && (
        <div className="answer-refusal">
          <Notice problem={refusal} />
        </div>
      )}
    </section>
  )
}

function headlineOf(language: Language, state: GatewayState): string {
  if (state.name === 'failed') return problemHeadline(describeProblem(language, state.problem).what)
  const t = textsIn(language)
  if (state.name !== 'serviceManaged') return t(`state.headline.${state.name}`)
  return t(faceOf(state) === 'degraded' ? 'state.headline.degraded' : `state.serviceHeadline.${state.phase}`)
}

/**
 * A button that was pressed by keyboard may be gone in the next state; without this the focus would
 * fall back to the start of the page.
 */
function useFocusKept(stateName: string) {
  const ref = useRef<HTMLDivElement>(null)
  const hadFocus = useRef(false)
  useEffect(() => {
    const acts = ref.current
    if (!acts) return
    const note = () => {
      hadFocus.current = true
    }
    const forget = (event: FocusEvent) => {
      // A removed button loses focus to nothing; a person moves it to something.
      if (event.relatedTarget) hadFocus.current = false
    }
    acts.addEventListener('focusin', note)
    acts.addEventListener('focusout', forget)
    return () => {
      acts.removeEventListener('focusin', note)
      acts.removeEventListener('focusout', forget)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state's change is what to react to
  useEffect(() => {
    if (!hadFocus.current || document.activeElement !== document.body) return
    const target = ref.current?.querySelector('button') ?? document.getElementById('answer')
    target?.focus()
  }, [stateName])
  return ref
}
