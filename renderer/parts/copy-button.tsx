import { useEffect, useState } from 'react'
import { useWording } from '../wording.ts'
import { Button } from './button.tsx'

export function CopyButton({ text }: { text: string }) {
  const { t } = useWording()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      kind="quiet"
      onPress={() =>
        // A browser may refuse the clipboard; the text itself stays selectable.
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      <span aria-live="polite">{copied ? t('act.copied') : t('act.copy')}</span>
    </Button>
  )
}
