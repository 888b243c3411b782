import { useRef } from 'react'
import { defaultGatewayPort } from '../../../shared/endpoints.ts'
import type { GatewayPortView } from '../../../shared/settings.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import '../../parts/field.css'
import { portIn } from './port-text.ts'
import { useSettings } from './settings-store.ts'

type PortFormProps = {
  id: string
  view: GatewayPortView
  isFixed: boolean
  /** What is being typed; null while nobody does. */
  draft: string | null
  onDraft(draft: string | null): void
}

/** The field, and what can be done with it: keep what was typed, forget it, or go back to the default. */
export function PortForm({ id, view, isFixed, draft, onDraft }: PortFormProps) {
  const { t } = useWording()
  const { settings } = useCommands()
  const isAsked = useSettings((store) => 'gatewayPort' in store.asked)
  const typed = draft === null ? null : portIn(draft)
  const field = useRef<HTMLInputElement>(null)
  /** The pressed button is about to go; whoever came to it by keyboard goes on from the field. */
  const keepFocus = () => {
    if (document.activeElement?.matches('button:focus-visible')) field.current?.focus()
  }
  const save = async (port: number | null) => {
    keepFocus()
    await settings.setGatewayPort(port)
    // Refused, it stays in the field to be corrected.
    if (!useSettings.getState().refusals.gatewayPort) onDraft(null)
  }
  const undo = () => {
    keepFocus()
    onDraft(null)
  }
  return (
    <form
      className="port"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed !== null && !isAsked) void save(typed)
      }}
    >
      <input
        ref={field}
        id={id}
        className="field port-field"
        // Not `number`: that takes `1e3`, and a turn of the mouse wheel changes it.
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        readOnly={isFixed}
        aria-invalid={draft !== null && typed === null}
        aria-describedby={`${id}-hint ${id}-said`}
        value={draft ?? view.next ?? ''}
        onChange={({ target }) => onDraft(target.value === String(view.next) ? null : target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') undo()
        }}
      />
      {draft !== null && (
        <>
          <Button kind="primary" busy={isAsked || typed === null} onPress={() => typed && void save(typed)}>
            {t('settings.save')}
          </Button>
          <Button kind="quiet" busy={isAsked} onPress={undo}>
            {t('settings.undo')}
          </Button>
        </>
      )}
      {draft === null && !isFixed && view.configured !== null && view.configured !== defaultGatewayPort && (
        <Button kind="quiet" busy={isAsked} onPress={() => void save(null)}>
          {t('settings.portDefault', { port: defaultGatewayPort })}
        </Button>
      )}
    </form>
  )
}
