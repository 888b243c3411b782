import { CopyButton } from '../../parts/copy-button.tsx'
import { useWording } from '../../wording.ts'
import { useGateway } from '../overview/gateway-store.ts'

/** Which version this is and where it keeps its things. */
export function About() {
  const { t } = useWording()
  const host = useGateway((store) => store.host)
  if (!host) return null
  const facts = [
    { label: t('settings.version'), value: host.version },
    { label: t('settings.stateDir'), value: host.stateDir },
    { label: t('settings.configuration'), value: host.configPath },
    { label: t('settings.log'), value: host.logPath },
    { label: t('settings.hostDir'), value: host.hostDir },
  ]
  return (
    <dl className="about">
      {facts.map(({ label, value }) => (
        <div className="about-fact" key={label}>
          <dt>{label}</dt>
          <dd>
            <code>{value}</code>
          </dd>
          <dd>
            <CopyButton text={value} of={label} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
