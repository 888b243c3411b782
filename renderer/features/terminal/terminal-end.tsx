import type { TerminalEnded } from '../../../shared/terminals.ts'
import type { Texts } from '../../../shared/wording/texts.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { useWording } from '../../wording.ts'
import { useSession } from '../session/session-store.ts'
import type { TerminalState } from './shown-terminals.ts'

/** How a terminal has ended or why it was not opened, and the way to another one; nothing while it is open. */
export function TerminalEnd({ number, state }: { number: number; state: TerminalState }) {
  const { t } = useWording()
  const { terminal } = useCommands()
  const isConnected = useSession((store) => store.connection.name === 'connected')
  if (state.name === 'open' || state.name === 'opening') return null
  const found = state.name === 'refused' ? state.problem : state.name === 'ended' ? state.end.problem : null
  const again = (
    <Button kind="primary" busy={!isConnected} onPress={() => void terminal.openAgain(number)}>
      {t(state.name === 'refused' ? 'terminal.act.tryAgain' : 'terminal.act.openAgain')}
    </Button>
  )
  return (
    <div className="terminal-end">
      {found ? (
        <InlineProblem problem={found} />
      ) : (
        <p role="status">
          {state.name === 'lost' ? (
            <>
              <strong>{t('terminal.ended.lost')}</strong> {t('terminal.ended.lostWhy')}
            </>
          ) : (
            <strong>{state.name === 'ended' && endText(t, state.end)}</strong>
          )}
        </p>
      )}
      {again}
    </div>
  )
}

function endText(t: Texts, { exitCode, signal }: Pick<TerminalEnded, 'exitCode' | 'signal'>): string {
  if (exitCode !== null) return t('terminal.ended.code', { code: exitCode })
  return signal === null ? t('terminal.ended.plain') : t('terminal.ended.signal', { signal })
}
