import { useSyncExternalStore } from 'react'
import { type PageName, pageOf } from './pages.ts'

/** The page of the address; back and forward change it like a link does. */
export function usePage(): PageName {
  return useSyncExternalStore(subscribe, () => pageOf(location.hash))
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}
