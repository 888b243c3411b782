import { userInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { Listener } from '../../../../host/processes/process-table.ts'
import { whoListens } from '../../../../host/processes/who-listens.ts'

const details = { pid: 7, startTime: '1', program: 'node', startedAt: 0 }
const ask = (listener: Listener | null) => whoListens(1, { findListener: async () => listener })

describe('whoListens', () => {
  it('trusts this user’s processes alone', async () => {
    const own = { ...details, user: userInfo().username }
    expect(await ask({ kind: 'process', process: own })).toEqual({ kind: 'own', process: own })
    const theirs = { ...details, user: 'somebody-else' }
    expect(await ask({ kind: 'process', process: theirs })).toEqual({
      kind: 'others',
      user: 'somebody-else',
      process: theirs,
    })
    expect(await ask({ kind: 'unknown', user: 'eve' })).toEqual({
      kind: 'others',
      user: 'eve',
      process: null,
    })
    expect(await ask(null)).toEqual({ kind: 'nobody' })
  })
})
