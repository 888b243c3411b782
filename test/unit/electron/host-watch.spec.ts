import { describe, expect, it } from 'vitest'
import { type HostNews, watchHost } from '../../../electron/host-watch.ts'
import { ScriptedContract } from '../../fixtures/scripted-contract.ts'
import { scriptedStates, snapshotOf } from '../../fixtures/scripted-states.ts'

const now = Date.now()
const open = () => new ScriptedContract(snapshotOf(scriptedStates(now).running, now))

describe('what the desktop knows of its host', () => {
  it('is the snapshot, then each change', async () => {
    const host = open()
    const news: HostNews[] = []
    await watchHost(host, (next) => news.push(next))
    expect(news).toMatchObject([{ gateway: host.view, settings: host.settings, backups: {}, jobs: {} }])
    host.change({ crashes: 3 })
    host.set({ problem: null })
    expect(news.slice(1).map(({ gateway, settings }) => [gateway.crashes, settings.revision])).toEqual([
      [3, news[0]?.settings.revision],
      [3, host.settings.revision],
    ])
  })

  it('never goes back: neither to a snapshot that is late, nor to an older event', async () => {
    const host = open()
    host.snapshotDelayMs = 20
    const news: HostNews[] = []
    const watching = watchHost(host, (next) => news.push(next))
    const old = host.view
    host.change({ crashes: 1 })
    host.change({ crashes: 2 })
    await watching
    host.say(old)
    expect(news.map(({ gateway }) => gateway.crashes)).toEqual([2])
  })
})
