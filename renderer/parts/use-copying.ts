import { useEffect, useState } from 'react'

export type Copying = 'idle' | 'copied' | 'refused'

/** Copies text, and says for two seconds whether that went well: a browser may refuse the clipboard. */
export function useCopying(): { copying: Copying; copy(text: string): void } {
  const [copying, setCopying] = useState<Copying>('idle')
  useEffect(() => {
    if (copying === 'idle') return
    const timer = setTimeout(() => setCopying('idle'), 2_000)
    return () => clearTimeout(timer)
  }, [copying])
  return {
    copying,
    copy: (text) =>
      void navigator.clipboard.writeText(text).then(
        () => setCopying('copied'),
        () => setCopying('refused'),
      ),
  }
}
