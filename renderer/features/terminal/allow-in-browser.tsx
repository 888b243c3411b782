import { useId } from 'react'
import { useCommands } from '../../commands.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Row } from '../../parts/row.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useWording } from '../../wording.ts'
import { useSession } from '../session/session-store.ts'
import { isInBrowser } from './in-browser.ts'
import { keyNames } from './key-names.ts'
import { useTerminals } from './terminals-store.ts'

/** In the window, the switch; in a browser, what was switched. */
export function AllowInBrowser() {
  const { t } = useWording()
  const { terminal } = useCommands()
  const id = useId()
  const isConnected = useSession((store) => store.connection.name === 'connected')
  const isOn = useTerminals((store) => store.view?.inBrowser ?? false)
  const refusal = useTerminals((store) => store.refusals.browser)
  return (
    <footer className="terminal-foot">
      <p className="terminal-leave">{t('terminal.leaveHint', { key: keyNames().leave })}</p>
      {isInBrowser() ? (
        <p>
          <CodedText>{t('terminal.browser.allowed')}</CodedText>
        </p>
      ) : (
        <fieldset disabled={!isConnected}>
          <Row
            id={id}
            label={<label htmlFor={id}>{t('terminal.browser.label')}</label>}
            hint={t('terminal.browser.hint')}
            isSmall
            control={<Switch id={id} isOn={isOn} onChange={(value) => void terminal.allowInBrowser(value)} />}
          >
            {refusal && <InlineProblem problem={refusal} />}
          </Row>
        </fieldset>
      )}
    </footer>
  )
}
