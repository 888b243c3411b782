import { useWording } from '../wording.ts'
import { Button } from './button.tsx'
import { useCopying } from './use-copying.ts'

/** `of` names what is copied where several stand on a page; it is heard, not seen. */
export function CopyButton({ text, of }: { text: string; of?: string }) {
  const { t } = useWording()
  const { copying, copy } = useCopying()
  return (
    <Button kind="quiet" onPress={() => copy(text)}>
      {/* Where the browser refuses the clipboard nothing is claimed; the text itself stays selectable. */}
      <span aria-live="polite">{copying === 'copied' ? t('act.copied') : t('act.copy')}</span>
      {of && <span className="unseen">{of}</span>}
    </Button>
  )
}
