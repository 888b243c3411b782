import type { ServiceView } from '../../../shared/gateway-service.ts'
import type { Shape } from '../../../shared/state-shape.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'

const shapeOf: Record<ServiceView['active'], Shape> = {
  active: 'running',
  activating: 'starting',
  inactive: 'stopped',
  failed: 'failed',
  unloaded: 'attention',
  unknown: 'attention',
}

/** How an installed service is, where its file lies, and when it runs. */
export function ServiceState({ view }: { view: ServiceView }) {
  const { t } = useWording()
  const { active, pid, path, enabled, linger } = view
  const word = t(`startup.service.state.${active}`)
  return (
    <div className="service-state">
      <StateShape shape={shapeOf[active]} size={14} />
      <div>
        <p>{pid === null ? word : t('startup.service.withPid', { state: word, pid })}</p>
        <p className="row-hint">
          <CodedText>{t('startup.service.file', { path })}</CodedText>
        </p>
        {enabled === false && <p className="row-hint">{t('startup.service.notEnabled')}</p>}
        {linger !== null && (
          <p className="row-hint">
            <CodedText>{t(linger ? 'startup.service.lingerOn' : 'startup.service.lingerOff')}</CodedText>
          </p>
        )}
      </div>
    </div>
  )
}
