import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'

/** In the place of the screen, where none is open. */
export function NoTerminal({ mayOpen }: { mayOpen: boolean }) {
  const { t } = useWording()
  const { terminal } = useCommands()
  return (
    <section className="terminal-none" aria-label={t('terminal.none')}>
      <h2>{t('terminal.none')}</h2>
      <p>{t('terminal.noneHint')}</p>
      <Button kind="primary" busy={!mayOpen} onPress={() => void terminal.open()}>
        {t('terminal.act.open')}
      </Button>
    </section>
  )
}
