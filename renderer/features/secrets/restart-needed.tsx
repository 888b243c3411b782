import { canRestart, pidOf } from '../../../shared/gateway-state.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { useGateway } from '../overview/gateway-store.ts'
import '../../parts/notice.css'

/** That the gateway runs with other values than there are now, and the button that changes it. */
export function RestartNeeded() {
  const { t } = useWording()
  const commands = useCommands()
  const gateway = useGateway((store) => store.view)
  const acting = useGateway((store) => store.acting)
  if (!gateway || pidOf(gateway.state) === null) return null
  return (
    <div className="notice" role="status">
      <StateShape shape="attention" size={14} />
      <div className="notice-text">
        <p className="notice-what">{t('secrets.restart.what')}</p>
        <p className="remedy">{t('secrets.restart.remedy')}</p>
      </div>
      {canRestart(gateway.state) && (
        <div className="notice-acts">
          <Button busy={acting !== null} onPress={() => void commands.gateway('restart')}>
            {t('act.restart')}
          </Button>
        </div>
      )}
    </div>
  )
}
