import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { useWording } from '../wording.ts'
import type { PageName } from './pages.ts'

/** Where each page was left; a page that is gone from the screen keeps its place while the app lives. */
const places = new Map<PageName, number>()
let shown: PageName | null = null

/** The scrolling part of the frame. To be keyed by its page. */
export function PageArea({ page, children }: { page: PageName; children: ReactNode }) {
  const { t } = useWording()
  const area = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (area.current) area.current.scrollTop = places.get(page) ?? 0
  }, [page])
  useEffect(() => {
    // Whoever opens the app starts at its beginning; whoever changes the page goes on inside it.
    if (shown !== null && shown !== page) area.current?.focus({ preventScroll: true })
    shown = page
  }, [page])
  return (
    <main
      className="frame-page"
      id="page"
      tabIndex={-1}
      ref={area}
      aria-label={t(`page.${page}`)}
      onScroll={({ target, currentTarget }) => {
        if (target === currentTarget) places.set(page, currentTarget.scrollTop)
      }}
    >
      {children}
    </main>
  )
}
