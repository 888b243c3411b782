import { faceOf, type GatewayState } from '../../shared/gateway-state.ts'
import { shapeOf } from '../../shared/state-shape.ts'
import { describeState } from '../../shared/wording/describe-state.ts'
import { useSecond } from '../clock.ts'
import { useCommands } from '../commands.ts'
import { mainAct } from '../features/overview/gateway-acts.ts'
import { useGateway } from '../features/overview/gateway-store.ts'
import { Button } from '../parts/button.tsx'
import { CodedText } from '../parts/coded-text.tsx'
import { Icon } from '../parts/icon.tsx'
import { StateShape } from '../parts/state-shape.tsx'
import type { Connection } from '../transport/connection.ts'
import { useWording } from '../wording.ts'

/** Shape, word, reason and the one act that makes sense now: on every page. */
export function StateLine({ state, connection }: { state: GatewayState; connection: Connection }) {
  const { language, t } = useWording()
  const commands = useCommands()
  const acting = useGateway((store) => store.acting)
  const now = useSecond()
  const isLost = connection.name === 'lost'
  const { word, reason } = isLost
    ? { word: t('connection.lostWord'), reason: t('connection.lostReason') }
    : describeState(language, state, now)
  const act = connection.name === 'connected' ? mainAct(state) : null
  return (
    <section className="state-line" aria-label={t('frame.gateway')}>
      <StateShape shape={isLost ? 'attention' : shapeOf[faceOf(state)]} size={14} />
      <p className="state-line-word">{word}</p>
      <p className="state-line-reason">
        <CodedText>{reason}</CodedText>
      </p>
      {act && (
        <Button
          kind="icon"
          label={t(`frame.act.${act}`)}
          busy={acting !== null}
          onPress={() => void commands.gateway(act)}
        >
          <Icon name={act} />
        </Button>
      )}
    </section>
  )
}
