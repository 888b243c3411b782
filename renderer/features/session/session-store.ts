import { create } from 'zustand'
import type { Connection } from '../../transport/connection.ts'

type SessionStore = {
  connection: Connection
  changed(connection: Connection): void
}

export const useSession = create<SessionStore>()((set) => ({
  connection: { name: 'connecting' },
  changed: (connection) => set({ connection }),
}))
