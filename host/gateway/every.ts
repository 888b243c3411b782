import type { Clock } from '../clock.ts'

/** Runs `look` again `ms` after it has ended, until the returned function is called. */
export function every(
  { clock, firstMs, ms }: { readonly clock: Clock; readonly firstMs: number; readonly ms: number },
  look: (isOver: () => boolean) => Promise<void>,
): () => void {
  let isOver = false
  let cancel = clock.after(firstMs, run)

  function run(): void {
    // A look that fails has seen nothing.
    const looked = look(() => isOver).catch(() => {})
    void looked.then(() => {
      if (!isOver) cancel = clock.after(ms, run)
    })
  }

  return () => {
    isOver = true
    cancel()
  }
}
