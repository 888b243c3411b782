import mark from '../../../assets/icons/moltbot.svg'
import type { Problem } from '../../../shared/problem.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { problemHeadline } from '../../parts/problem-text.tsx'
import { useWording } from '../../wording.ts'
import './full-page.css'

/** For who comes without a valid address: how to get one. */
export function SessionPage({ problem }: { problem: Problem }) {
  const { language, t } = useWording()
  const { what, why } = describeProblem(language, problem)
  return (
    <main className="full-page">
      <img src={mark} width="32" height="32" alt="Moltbot" />
      <h1>{problemHeadline(what)}</h1>
      <p className="why">{why}</p>
      <p>{t('session.again')}</p>
      <dl className="full-page-commands">
        <div>
          <dt>
            <code>npm start</code>
          </dt>
          <dd>{t('session.inRepository')}</dd>
        </div>
        <div>
          <dt>
            <code>moltbot host</code>
          </dt>
          <dd>{t('session.anywhere')}</dd>
        </div>
      </dl>
      <p className="remedy">{t('session.running')}</p>
      <p className="remedy">{t('session.why')}</p>
    </main>
  )
}
