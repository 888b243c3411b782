import { useId, useState } from 'react'
import type { GatewayPortView } from '../../../shared/settings.ts'
import type { Texts } from '../../../shared/wording/texts.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { useWording } from '../../wording.ts'
import { useGateway } from '../overview/gateway-store.ts'
import { PortForm } from './port-form.tsx'
import { PortLater } from './port-later.tsx'
import { portIn } from './port-text.ts'
import { SettingRow } from './setting-row.tsx'
import { useSettings } from './settings-store.ts'

const highestLowPort = 1023

/**
 * The port of the gateway's next start. Where something stronger than the configuration says it, or the
 * configuration cannot be read, it is only shown.
 */
export function PortSetting() {
  const { t } = useWording()
  const id = useId()
  const view = useSettings((store) => store.view?.gatewayPort)
  const path = useGateway((store) => store.host?.configPath) ?? ''
  const [draft, setDraft] = useState<string | null>(null)
  if (!view) return null
  const fixed = fixedReason(t, view)
  const isKnown = view.problem === null
  const typed = draft === null ? null : portIn(draft)
  const isWrong = draft !== null && typed === null
  return (
    <SettingRow
      name="gatewayPort"
      id={id}
      label={isKnown ? <label htmlFor={id}>{t('settings.port')}</label> : t('settings.port')}
      hint={fixed ? t('settings.portFixedHint') : t('settings.portHint', { path })}
      control={
        isKnown && <PortForm id={id} view={view} isFixed={fixed !== null} draft={draft} onDraft={setDraft} />
      }
    >
      <div className="port-said" id={`${id}-said`} aria-live="polite">
        {isWrong && <p className="field-wrong">{t('settings.portInvalid')}</p>}
        {typed !== null && typed <= highestLowPort && <p>{t('settings.portLow')}</p>}
        {fixed && (
          <p>
            <CodedText>{fixed}</CodedText>
          </p>
        )}
        {draft === null && <PortLater view={view} />}
      </div>
      {view.problem && <InlineProblem problem={view.problem} />}
    </SettingRow>
  )
}

/** Who says the port, where that is nobody who could be overruled from here. */
function fixedReason(t: Texts, { source, next, problem }: GatewayPortView): string | null {
  if (source === 'config' || source === 'default') return null
  const name = source === 'flag' ? '--gateway-port' : source
  if (next === null && problem === null) return t('settings.portWrong', { name })
  return source === 'flag' ? t('settings.portByFlag') : t('settings.portByVariable', { name })
}
