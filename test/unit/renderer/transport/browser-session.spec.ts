import { describe, expect, it } from 'vitest'
import { BrowserSession } from '../../../../renderer/transport/browser-session.ts'

function page(hash: string, answers: (() => Response)[], kept: Record<string, string> = {}) {
  const addresses: unknown[] = []
  const sent: unknown[] = []
  const location = { hash, pathname: '/' }
  const session = new BrowserSession({
    location,
    history: {
      replaceState: (_state, _unused, url) => {
        addresses.push(url)
        location.hash = ''
      },
    },
    storage: {
      getItem: (name) => kept[name] ?? null,
      setItem: (name, value) => {
        kept[name] = value
      },
      removeItem: (name) => {
        delete kept[name]
      },
    },
    fetch: async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)))
      const answer = answers.shift()
      if (!answer) throw new TypeError('Failed to fetch')
      return answer()
    },
  })
  return { session, addresses, sent, kept }
}

const granted = () => Response.json({ key: 'k1' })
const refused = () => Response.json({ code: 'SESSION_CODE_USED', params: {} }, { status: 403 })

describe('BrowserSession', () => {
  it('exchanges the code once, keeps the key, and clears the address first', async () => {
    const { session, addresses, sent, kept } = page('#code=abc', [granted])
    expect(session.takeCode()).toBe(true)
    expect(addresses).toEqual(['/'])
    expect(await session.key()).toEqual({ name: 'ready', key: 'k1' })
    expect(await session.key()).toEqual({ name: 'ready', key: 'k1' })
    expect(sent).toEqual([{ code: 'abc' }])
    expect(kept).toEqual({ 'moltbot.key': 'k1' })
  })

  it('keeps an unspent code while the host cannot be reached', async () => {
    const answers: (() => Response)[] = []
    const { session, sent } = page('#code=abc', answers)
    session.takeCode()
    expect(await session.key()).toEqual({ name: 'unreachable' })
    answers.push(granted)
    expect(await session.key()).toEqual({ name: 'ready', key: 'k1' })
    expect(sent).toEqual([{ code: 'abc' }, { code: 'abc' }])
  })

  it('says why without a key', async () => {
    const used = page('#code=abc', [refused])
    used.session.takeCode()
    expect(await used.session.key()).toMatchObject({
      name: 'refused',
      problem: { code: 'SESSION_CODE_USED' },
    })
    const bare = page('#page', [])
    expect(bare.session.takeCode()).toBe(false)
    expect(await bare.session.key()).toMatchObject({ name: 'refused', problem: { code: 'SESSION_REQUIRED' } })
  })

  it('goes on with the key it has when an address is opened twice in a tab', async () => {
    const { session } = page('#code=abc', [refused], { 'moltbot.key': 'k0' })
    session.takeCode()
    expect(await session.key()).toEqual({ name: 'ready', key: 'k0' })
    session.forget()
    expect(await session.key()).toMatchObject({ name: 'refused' })
  })
})
