import { canRestart, pidOf } from '../../../shared/gateway-state.ts'
import type { GatewayPortView } from '../../../shared/settings.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { useGateway } from '../overview/gateway-store.ts'

/** That the gateway still runs on another port, and the button that changes it. */
export function PortLater({ view: { next } }: { view: GatewayPortView }) {
  const { t } = useWording()
  const commands = useCommands()
  const gateway = useGateway((store) => store.view)
  const acting = useGateway((store) => store.acting)
  if (!gateway || next === null || next === gateway.port || pidOf(gateway.state) === null) return null
  return (
    <div className="port-later">
      <p>{t('settings.portLater', { port: gateway.port, next })}</p>
      {canRestart(gateway.state) && (
        <Button busy={acting !== null} onPress={() => void commands.gateway('restart')}>
          {t('act.restart')}
        </Button>
      )}
    </div>
  )
}
