import { z } from 'zod'
import { create } from 'zustand'
import { jobKinds } from '../../../shared/jobs.ts'

const storedAs = 'moltbot.followedJobs'
const followedSchema = z.partialRecord(
  z.enum(jobKinds),
  z.object({ id: z.string(), file: z.string(), isGiven: z.boolean() }),
)

/**
 * Of each kind the job that this page began last, with the file it is about, and whether the owner gave
 * what opens it.
 */
export type Followed = z.infer<typeof followedSchema>
/** What opens the backup that is looked into; kept in memory only, and no longer than that. */
export type Opening = { identity?: string; passphrase?: string }

type FollowedStore = {
  followed: Followed
  opening: Opening
  follow(kind: keyof Followed, job: { id: string; file: string }, opening: Opening): void
  /** Ends a restore on the page, wherever it has come to. */
  leaveRestore(): void
}

/** Which jobs the page of the backups shows in place; a reload of the page finds them again. */
export const useFollowed = create<FollowedStore>()((set, get) => ({
  followed: stored(),
  opening: {},
  follow: (kind, { id, file }, opening) => {
    const { followed, opening: former } = get()
    const isGiven = Object.keys(opening).length > 0
    const next: Followed = { ...followed, [kind]: { id, file, isGiven } }
    if (kind === 'backup.inspect') delete next['backup.restore']
    const isRestoring = kind === 'backup.inspect' || kind === 'backup.restore'
    keep(set, next, isRestoring ? opening : former)
  },
  leaveRestore: () => {
    const { 'backup.inspect': _inspected, 'backup.restore': _restored, ...others } = get().followed
    keep(set, others, {})
  },
}))

function keep(set: (change: Partial<FollowedStore>) => void, followed: Followed, opening: Opening): void {
  set({ followed, opening })
  try {
    sessionStorage.setItem(storedAs, JSON.stringify(followed))
  } catch {
    // Storage may be switched off: the jobs are seen in the sidebar all the same.
  }
}

function stored(): Followed {
  try {
    const found = followedSchema.safeParse(JSON.parse(sessionStorage.getItem(storedAs) ?? ''))
    if (found.success) return found.data
  } catch {
    // As above.
  }
  return {}
}
