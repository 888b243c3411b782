import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { useUpdates } from './updates-store.ts'

/** A version the owner does not want to be told about, and the way back. */
export function SkippedLine({ what, version }: { what: 'app' | 'gateway'; version: string }) {
  const { t } = useWording()
  const { updates } = useCommands()
  const isAsked = useUpdates((store) => store.asked.has(what))
  return (
    <p className="skipped quiet">
      {t('updates.offer.skipped', { version })}
      <Button kind="quiet" busy={isAsked} onPress={() => void updates.skip(what, null)}>
        {t('updates.offer.unskip')}
      </Button>
    </p>
  )
}
