import { problem } from '../../../shared/problem.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { problemHeadline } from '../../parts/problem-text.tsx'
import { useWording } from '../../wording.ts'

const allow = 'moltbot terminal allow-browser'
const forbid = 'moltbot terminal forbid-browser'

/** Why there is no terminal in a browser, and how there can be one. */
export function OffInBrowser() {
  const { language, t } = useWording()
  const { what, why } = describeProblem(language, problem('TERMINAL_OFF_IN_BROWSER', {}))
  return (
    <section className="terminal-off" aria-labelledby="terminal-off">
      <h2 id="terminal-off">{problemHeadline(what)}</h2>
      <p className="why">{why}</p>
      <p>{t('terminal.off.how')}</p>
      <p className="terminal-off-command">
        <code>{allow}</code>
        <CopyButton text={allow} />
      </p>
      <p className="remedy">{t('terminal.off.after')}</p>
      <p className="remedy">
        {t('terminal.off.back')} <code>{forbid}</code>
      </p>
    </section>
  )
}
