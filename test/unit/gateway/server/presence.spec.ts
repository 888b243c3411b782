import { describe, expect, it, vi } from 'vitest'
import { createPresence } from '../../../../gateway/server/presence.ts'
import { connectParams } from './device.ts'

function presence() {
  let now = 1_000
  const changed = vi.fn()
  const known = createPresence({
    now: () => now,
    redact: (text) => text.replaceAll('secret', '***'),
    changed,
  })
  const join = (connId: string, instanceId?: string, displayName = connId) => {
    const params = connectParams('right')
    const instance = instanceId === undefined ? {} : { instanceId }
    known.join(connId, { ...params, client: { ...params.client, displayName, ...instance } })
  }
  const names = () => known.list().map(({ host, reason }) => `${host} ${reason}`)
  return {
    ...known,
    changed,
    join,
    names,
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('presence', () => {
  it('keeps a named instance listed for five minutes after it left, and forgets others at once', () => {
    const { join, leave, names, pass } = presence()
    join('a', 'instance')
    join('b')
    leave('a')
    leave('b')
    expect(names()).toEqual(['a disconnect'])
    pass(300_000)
    expect(names()).toEqual(['a disconnect'])
    pass(1)
    expect(names()).toEqual([])
  })

  it('lists an instance that is back once, and never takes one that is connected for it', () => {
    const { join, leave, names, pass } = presence()
    join('a', 'instance')
    leave('a')
    join('b', 'instance')
    join('c', 'instance')
    leave('b')
    pass(1)
    expect(names()).toEqual(['c connect', 'b disconnect'])
  })

  it('holds 200 entries at most, and forgets those who left first', () => {
    const { join, leave, names, pass } = presence()
    join('here', 'h')
    for (let count = 0; count < 300; count += 1) {
      join(`c${count}`, `i${count}`)
      leave(`c${count}`)
      pass(1)
    }
    expect(names()).toHaveLength(200)
    expect(names().slice(0, 2)).toEqual(['here connect', 'c299 disconnect'])
  })

  it('has a version that rises with each change', () => {
    const { join, leave, version, changed } = presence()
    const seen = [version()]
    join('a')
    seen.push(version())
    leave('a')
    seen.push(version())
    leave('a') // a second word of it is none
    expect(seen).toEqual([0, 1, 2])
    expect(version()).toBe(2)
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('takes secrets out of what a client says', () => {
    const { join, list } = presence()
    join('a', 'secret-1', 'my secret')
    expect(JSON.stringify(list())).not.toContain('secret')
  })
})
