import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { datedLogName } from '../../../../host/config/log-path.ts'
import type { LogGrown } from '../../../../shared/log.ts'
import { HostUnderTest, makeHome, until } from '../../../fixtures/host-under-test.ts'
import { append, texts } from './log-folder.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function start() {
  const home = await makeHome()
  ends.push(() => home.remove())
  const folder = join(home.folder, 'log')
  mkdirSync(folder, { mode: 0o700 })
  const host = HostUnderTest.start(home)
  ends.push(() => host.leave())
  const client = await host.connect()
  ends.push(async () => client.close())
  return { client, host, path: join(folder, datedLogName(new Date())) }
}

describe('the log over the contract', () => {
  it('is read from the end, grows, is followed over a rotation, and read back', async () => {
    const { client, path } = await start()
    const grown: LogGrown[] = []
    client.on('logs.grew', (news) => grown.push(news))
    const nothing = await client.call('logs.read', { cursor: null, maxLines: 10 })
    expect(nothing).toMatchObject({ ok: true, value: { path, inode: 0, lines: [] } })
    append(path, 'a', 'b', 'c')
    await until(() => grown.some((news) => news.path === path && news.bytes > 0), 'the word of it')
    const tail = await client.call('logs.read', { cursor: null, maxLines: 2 })
    if (!tail.ok) throw new Error(tail.code)
    expect(texts(tail.value)).toEqual(['b', 'c'])
    renameSync(path, `${path}.1`)
    append(path, 'd')
    const moved = await client.call('logs.read', { cursor: tail.value.next, maxLines: 10 })
    if (!moved.ok) throw new Error(moved.code)
    const after = await client.call('logs.read', { cursor: moved.value.next, maxLines: 10 })
    expect(after.ok && texts(after.value)).toEqual(['d'])
    const back = await client.call('logs.earlier', { before: tail.value.first, maxLines: 10 })
    expect(back.ok && texts(back.value)).toEqual(['a'])
  })

  it('takes no path, no other cursor, and no more lines than it gives', async () => {
    const { client } = await start()
    const odd = [
      { cursor: null, maxLines: 5_001 },
      { cursor: null, maxLines: 0 },
      { cursor: { inode: -1, offset: 0 }, maxLines: 1 },
      { cursor: { inode: 1, offset: 0.5 }, maxLines: 1 },
      { cursor: null, maxLines: 1, path: '/etc/passwd' },
      { cursor: { inode: 1, offset: 0, path: '/etc/passwd' }, maxLines: 1 },
    ]
    for (const args of odd) {
      // What a client of another make may send.
      const answer = await client.call('logs.read', args as Parameters<typeof client.call<'logs.read'>>[1])
      expect(answer).toMatchObject({ ok: false, code: 'CALL_ARGUMENTS' })
    }
    const far = await client.call('logs.read', {
      cursor: { inode: 2 ** 53 - 1, offset: 2 ** 53 - 1 },
      maxLines: 1,
    })
    expect(far).toMatchObject({ ok: true, value: { lines: [], restarted: true } })
  })

  it('is watched no more after the host’s end', async () => {
    const { host } = await start()
    expect(await host.leave()).toBe(0)
    expect(existsSync(`/proc/${host.pid}`)).toBe(false)
  })
})
