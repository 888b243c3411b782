import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useCopying } from '../../parts/use-copying.ts'
import { useWording } from '../../wording.ts'
import { keyNames } from './key-names.ts'
import { type ShownTerminal, useShownTerminals } from './shown-terminals.ts'

/** What can be done with the terminal that is shown, and how to get another one. */
export function TerminalActs({ shown, mayOpen }: { shown: ShownTerminal | undefined; mayOpen: boolean }) {
  const { t } = useWording()
  const { terminal } = useCommands()
  const { copying, copy } = useCopying()
  const readsAloud = useShownTerminals((store) => store.readsAloud)
  const screen = shown ? terminal.screen(shown.number) : null
  const said = {
    idle: t('terminal.act.copy'),
    copied: t('act.copied'),
    refused: t('terminal.act.copyFailed'),
  }
  const keys = keyNames()
  return (
    <div className="terminal-acts">
      <Button
        label={t('terminal.act.new')}
        hint={t('terminal.act.newHint')}
        busy={!mayOpen}
        onPress={() => void terminal.open()}
      >
        <Icon name="add" />
        <span className="terminal-act-word">{t('terminal.act.new')}</span>
      </Button>
      <Button
        label={said[copying]}
        hint={t('terminal.act.copyHint', { key: keys.copy, pasteKey: keys.paste })}
        busy={!screen || !shown?.hasSelection}
        onPress={() => screen && copy(screen.selection)}
      >
        <Icon name="copy" />
        <span className="terminal-act-word" aria-live="polite">
          {said[copying]}
        </span>
      </Button>
      <Button
        label={t('terminal.act.clear')}
        hint={t('terminal.act.clearHint')}
        busy={!screen}
        onPress={() => screen?.clear()}
      >
        <Icon name="clear" />
        <span className="terminal-act-word">{t('terminal.act.clear')}</span>
      </Button>
      <Button
        label={t('terminal.act.read')}
        hint={t('terminal.act.readHint')}
        pressed={readsAloud}
        onPress={() => terminal.readAloud(!readsAloud)}
      >
        <Icon name="speak" />
        <span className="terminal-act-word">{t('terminal.act.read')}</span>
      </Button>
      <Button
        label={t('terminal.act.close')}
        hint={t('terminal.act.closeHint')}
        busy={!shown}
        onPress={() => shown && terminal.close(shown.number)}
      >
        <Icon name="close" />
        <span className="terminal-act-word">{t('terminal.act.close')}</span>
      </Button>
    </div>
  )
}
