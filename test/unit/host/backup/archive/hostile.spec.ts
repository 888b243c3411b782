import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { outcomeOf } from '../../../../../host/backup/archive/outcome-of.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import { sampleState, silentHooks, temporaryFolder, treeOf } from '../state-folder.ts'
import { listed, manifestOf, paxRecord, seal, type TarEntry, tarEnd, tarEntry, tarOf } from '../tar-bytes.ts'

let identity = ''
let recipient = ''
beforeAll(async () => {
  identity = await newIdentity()
  recipient = await recipientOf(identity)
})

const good: TarEntry = { name: 'state/moltbot.json', content: '{}' }
const folder: TarEntry = { name: 'state/agents/' }

/** A backup of these entries, with a manifest that lists them all. */
const honest = (...entries: TarEntry[]) => tarOf([manifestOf(entries.map(listed)), ...entries])
/** As many bytes of tar as there are arguments. */
const raw = (...parts: Uint8Array[]) => Buffer.concat(parts)
const manifest = (entries: TarEntry[], other: Record<string, unknown> = {}) =>
  manifestOf(entries.map(listed), other)

/** Puts the file beside a state, unpacks it into that state's restore folder, and says what came of it. */
async function unpack(file: Uint8Array, opening: { identity?: string } = { identity }) {
  const state = sampleState()
  const stagingDir = join(state, '.moltbot-restore/new')
  mkdirSync(stagingDir, { recursive: true })
  const path = join(temporaryFolder(), 'backup')
  writeFileSync(path, file)
  const before = treeOf(state)
  const outcome = await outcomeOf(() => extractBackup({ path, opening, stagingDir }, silentHooks()))
  return { outcome, isUntouched: JSON.stringify(treeOf(state)) === JSON.stringify(before) }
}

async function expectRefusal(file: Uint8Array, code: string, detail: RegExp): Promise<void> {
  const { outcome, isUntouched } = await unpack(file)
  expect(outcome).toMatchObject({ ok: false, code })
  expect(JSON.stringify(outcome)).toMatch(detail)
  expect(isUntouched).toBe(true)
}

it('takes what is right, so that the refusals below are about what is wrong', async () => {
  const { outcome, isUntouched } = await unpack(await seal(recipient, gzipSync(honest(folder, good))))
  expect(outcome).toMatchObject({ ok: true, files: 1, bytes: 2 })
  expect(isUntouched).toBe(false)
})

describe('names, listed as they are', () => {
  const names: [string, string, RegExp][] = [
    ['absolute', '/etc/passwd', /absolute/],
    ['upwards', 'state/../../escaped', /dots only/],
    ['upwards at the end', 'state/agents/..', /dots only/],
    ['dot', 'state/./moltbot.json', /dots only/],
    ['dots', 'state/...', /dots only/],
    ['backslash', 'state\\..\\escaped', /backslash/],
    ['drive', 'state/C:evil', /drive/],
    ['empty part', 'state//moltbot.json', /empty part/],
    ['newline', 'state/a\nb', /control or hidden/],
    ['escape sequence', 'state/\u001b[2Jx', /control or hidden/],
    ['text that runs backwards', 'state/\u202egpj.exe', /control or hidden/],
    ['zero width', 'state/a\u200bb', /control or hidden/],
    ['delete', 'state/a\u007f', /control or hidden/],
    ['other root', 'other/moltbot.json', /no backup has such/],
    ['no root', 'moltbot.json', /no backup has such/],
    ['journal of ours', 'state/.moltbot-restore/journal.json', /belongs in no backup/],
    ['kept state of ours', 'state/.moltbot-before-20261125-010203/x', /belongs in no backup/],
    ['lock', 'state/agents/sessions.json.lock', /belongs in no backup/],
    ['log', 'state/logs/x.log', /belongs in no backup/],
    ['deep', `state/${'d/'.repeat(31)}f`, /deeper than 32/],
    ['second manifest', 'manifest.json', /no backup has such/],
  ]
  it.each(names)('%s', async (_, name, detail) => {
    await expectRefusal(
      await seal(recipient, gzipSync(honest(good, { name, content: 'x' }))),
      'BACKUP_REFUSED',
      detail,
    )
  })

  const long: [string, string][] = [
    ['a part of 256 bytes', `state/${'n'.repeat(256)}`],
    ['a path over 1,024 bytes', `state/${`${'p'.repeat(200)}/`.repeat(6)}f`],
  ]
  it.each(long)('%s', async (_, name) => {
    const pax = { name: 'PaxHeader', type: 'x', content: paxRecord('path', name) }
    const entries = [manifestOf([{ ...listed({ name: 'x', content: 'x' }), path: name }]), pax]
    const tar = tarOf([...entries, { name: 'PaxHeader', content: 'x' }])
    await expectRefusal(await seal(recipient, gzipSync(tar)), 'BACKUP_REFUSED', /longer than/)
  })
})

describe('entries that would come to lie on each other', () => {
  const pairs: [string, TarEntry[], RegExp][] = [
    ['twice', [good, good], /there twice/],
    ['another case', [good, { name: 'state/Moltbot.json', content: 'x' }], /cannot be told/],
    ['another case of a folder', [{ name: 'state/a/x' }, { name: 'state/A/y' }], /cannot be told/],
    ['another Unicode form', [{ name: 'state/\u00e9' }, { name: 'state/e\u0301' }], /cannot be told/],
    ['sharp s', [{ name: 'state/stra\u00dfe' }, { name: 'state/STRASSE' }], /cannot be told/],
    [
      'file over folder',
      [
        { name: 'state/a/b', content: 'x' },
        { name: 'state/a', content: 'x' },
      ],
      /file and a folder/,
    ],
    [
      'folder over file',
      [
        { name: 'state/a', content: 'x' },
        { name: 'state/a/b', content: 'x' },
      ],
      /file and a folder/,
    ],
  ]
  it.each(pairs)('%s', async (_, entries, detail) => {
    await expectRefusal(await seal(recipient, gzipSync(honest(...entries))), 'BACKUP_REFUSED', detail)
  })

  it('twice in the archive, once in the table of contents', async () => {
    const tar = tarOf([manifest([good]), good, good])
    await expectRefusal(await seal(recipient, gzipSync(tar)), 'BACKUP_REFUSED', /twice/)
  })
})

describe('kinds and rights', () => {
  const listedFile: TarEntry = { name: 'state/x', content: '' }
  const kinds: [string, Partial<TarEntry>, RegExp][] = [
    ['hard link', { type: '1', linkname: 'state/moltbot.json' }, /hard link/],
    ['link', { type: '2', linkname: '/etc/passwd' }, /is a link/],
    ['character device', { type: '3' }, /device/],
    ['block device', { type: '4' }, /device/],
    ['pipe', { type: '6' }, /pipe/],
    ['contiguous file', { type: '7' }, /unusual/],
    ['sparse file', { type: 'S' }, /holes/],
    ['unknown kind', { type: 'Z' }, /unknown kind/],
    ['GNU long link', { type: 'K', content: 'state/moltbot.json\0' }, /is a link/],
    ['file with a link’s target', { linkname: '/etc/passwd' }, /is a link/],
    ['set-user-id', { mode: 0o4755 }, /special rights/],
    ['set-group-id', { mode: 0o2755 }, /special rights/],
    ['sticky', { mode: 0o1755 }, /special rights/],
    ['writable for all', { mode: 0o666 }, /special rights/],
    ['an owner', { uid: 1000 }, /an owner/],
  ]
  it.each(kinds)('%s', async (_, change, detail) => {
    const tar = tarOf([manifest([good, listedFile]), good, { ...listedFile, ...change }])
    await expectRefusal(await seal(recipient, gzipSync(tar)), 'BACKUP_REFUSED', detail)
  })
})

describe('headers that can be read in two ways', () => {
  const x: TarEntry = { name: 'state/x', content: 'x' }
  const spoiled: [string, Partial<TarEntry>, string, RegExp][] = [
    ['wrong checksum', { spoilSum: true }, 'BACKUP_DAMAGED', /checksum/],
    ['name that goes on', { spoil: (header) => header.write('evil', 60) }, 'BACKUP_REFUSED', /goes on/],
    ['size in base 256', { size: `\x80${'\0'.repeat(10)}\x01` }, 'BACKUP_REFUSED', /odd/],
    ['negative size', { size: '\xff'.repeat(12) }, 'BACKUP_REFUSED', /odd/],
    ['size with a sign', { size: '-0000000001\0' }, 'BACKUP_REFUSED', /odd/],
    ['no magic', { spoil: (header) => header.fill(0, 257, 265) }, 'BACKUP_DAMAGED', /not packed with tar/],
    ['name that is no text', { spoil: (header) => header.writeUInt8(0xff, 6) }, 'BACKUP_REFUSED', /UTF-8/],
    ['file that ends like a folder', { name: 'state/x/', type: '0' }, 'BACKUP_REFUSED', /at once/],
    ['folder with content', { name: 'state/x/', type: '5' }, 'BACKUP_REFUSED', /folder with content/],
  ]
  it.each(spoiled)('%s', async (_, change, code, detail) => {
    const tar = raw(tarEntry(manifest([good, x])), tarEntry(good), tarEntry({ ...x, ...change }), tarEnd)
    await expectRefusal(await seal(recipient, gzipSync(tar)), code, detail)
  })

  const long: [string, TarEntry[], RegExp][] = [
    [
      'another path for a listed one',
      [{ name: 'p', type: 'x', content: paxRecord('path', '../x') }],
      /not in the table/,
    ],
    ['another size', [{ name: 'p', type: 'x', content: paxRecord('size', '0') }], /may not tell/],
    ['a link’s target', [{ name: 'p', type: 'x', content: paxRecord('linkpath', '/etc') }], /may not tell/],
    ['holes', [{ name: 'p', type: 'x', content: paxRecord('GNU.sparse.major', '1') }], /may not tell/],
    [
      'a record twice',
      [{ name: 'p', type: 'x', content: paxRecord('path', 'a') + paxRecord('path', 'b') }],
      /twice/,
    ],
    ['a header for all', [{ name: 'p', type: 'g', content: paxRecord('path', 'state/y') }], /all others/],
    [
      'a header for a header',
      [1, 2].map(() => ({ name: 'p', type: 'x', content: paxRecord('mtime', '1') })),
      /twice/,
    ],
    ['a name with an end inside', [{ name: 'p', type: 'L', content: 'state/x\0y\0' }], /oddly/],
    [
      'a path with an end inside',
      [{ name: 'p', type: 'x', content: paxRecord('path', 'state/x\0') }],
      /oddly/,
    ],
  ]
  it.each(long)('long header: %s', async (_, before, detail) => {
    const tar = tarOf([manifest([good, x]), good, ...before, x])
    await expectRefusal(await seal(recipient, gzipSync(tar)), 'BACKUP_REFUSED', detail)
  })

  it('long header with a length that lies', async () => {
    const pax = { name: 'p', type: 'x', content: `99 path=state/x\n` }
    await expectRefusal(
      await seal(recipient, gzipSync(tarOf([manifest([x]), pax, x]))),
      'BACKUP_DAMAGED',
      /broken/,
    )
  })
})

describe('what is not as listed', () => {
  const cases: [string, () => Buffer, string, RegExp][] = [
    ['no manifest', () => tarOf([good]), 'BACKUP_DAMAGED', /table of contents is missing/],
    [
      'manifest last',
      () => tarOf([good, manifest([good])]),
      'BACKUP_DAMAGED',
      /table of contents is missing/,
    ],
    [
      'manifest that is no JSON',
      () => tarOf([{ name: 'manifest.json', content: '{' }]),
      'BACKUP_DAMAGED',
      /cannot be read/,
    ],
    ['nothing at all', () => tarOf([]), 'BACKUP_DAMAGED', /empty/],
    ['missing entry', () => tarOf([manifest([good, folder]), good]), 'BACKUP_DAMAGED', /missing/],
    [
      'unlisted entry',
      () => tarOf([manifest([good]), good, { name: 'state/y' }]),
      'BACKUP_REFUSED',
      /not in the table/,
    ],
    ['unlisted folder', () => tarOf([manifest([good]), good, folder]), 'BACKUP_REFUSED', /not in the table/],
    ['another size', () => tarOf([manifest([good]), { ...good, content: '{ }' }]), 'BACKUP_DAMAGED', /size/],
    [
      'another content',
      () => tarOf([manifest([good]), { ...good, content: '[]' }]),
      'BACKUP_DAMAGED',
      /content/,
    ],
    [
      'folder listed as file',
      () => tarOf([manifestOf([{ ...listed(good), path: 'state/agents' }]), folder]),
      'BACKUP_REFUSED',
      /not in the table/,
    ],
    [
      'totals that do not add up',
      () => tarOf([manifest([good], { totals: { files: 1, bytes: 3 } }), good]),
      'BACKUP_DAMAGED',
      /add up/,
    ],
    [
      'negative size in the manifest',
      () => tarOf([manifestOf([{ ...listed(good), size: -1 }]), good]),
      'BACKUP_DAMAGED',
      /entries\.0\.size/,
    ],
    [
      'member that nobody knows',
      () => tarOf([manifest([good], { extra: 1 }), good]),
      'BACKUP_DAMAGED',
      /extra/,
    ],
    ['another product', () => tarOf([manifest([good], { product: 'x' }), good]), 'BACKUP_DAMAGED', /product/],
    [
      'a later format',
      () => tarOf([manifest([good], { format: 2 }), good]),
      'BACKUP_FUTURE_FORMAT',
      /"format":2/,
    ],
    [
      'secrets that are not listed',
      () => honest(good, { name: 'secrets.json', content: '{"A_KEY":"12345678"}' }),
      'BACKUP_REFUSED',
      /secrets\.json/,
    ],
    [
      'other secrets than listed',
      () => {
        const secrets = { name: 'secrets.json', content: '{"B_KEY":"12345678"}' }
        return tarOf([manifest([good, secrets], { secrets: ['A_KEY'] }), good, secrets])
      },
      'BACKUP_REFUSED',
      /secrets\.json/,
    ],
    [
      'a configuration that is not there',
      () => tarOf([manifest([good], { config: 'state/other.json' }), good]),
      'BACKUP_REFUSED',
      /missing/,
    ],
  ]
  it.each(cases)('%s', async (_, build, code, detail) => {
    await expectRefusal(await seal(recipient, gzipSync(build())), code, detail)
  })

  it('a manifest that names the prototype of objects changes none', async () => {
    const text = String(manifest([good]).content).replace(
      '"product"',
      '"__proto__":{"polluted":true},"product"',
    )
    const file = await seal(recipient, gzipSync(tarOf([{ name: 'manifest.json', content: text }, good])))
    const { outcome, isUntouched } = await unpack(file)
    expect(outcome).toMatchObject({ ok: false, code: 'BACKUP_DAMAGED' })
    expect(isUntouched).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('ends, and what comes after', () => {
  const tar = () => honest(good)
  const cases: [string, () => Uint8Array, string, RegExp][] = [
    [
      'no end',
      () => gzipSync(tarOf([manifest([good]), good], Buffer.alloc(0))),
      'BACKUP_DAMAGED',
      /cut short/,
    ],
    [
      'half an end',
      () => gzipSync(tarOf([manifest([good]), good], Buffer.alloc(512))),
      'BACKUP_DAMAGED',
      /cut short/,
    ],
    ['a second archive', () => gzipSync(raw(tar(), tar())), 'BACKUP_DAMAGED', /after its end/],
    [
      'a byte behind the end',
      () => gzipSync(raw(tar(), Buffer.from('x'), Buffer.alloc(511))),
      'BACKUP_DAMAGED',
      /after/,
    ],
    [
      'one empty block inside',
      () => gzipSync(raw(tarEntry(manifest([good])), Buffer.alloc(512), tarEntry(good), tarEnd)),
      'BACKUP_DAMAGED',
      /after/,
    ],
    ['zeros without end', () => gzipSync(raw(tar(), Buffer.alloc(2 ** 21))), 'BACKUP_DAMAGED', /no end/],
    [
      'a second gzip member',
      () => raw(gzipSync(tar()), gzipSync(tarOf([{ name: 'state/y' }]))),
      'BACKUP_DAMAGED',
      /follows/,
    ],
    ['an empty second gzip member', () => raw(gzipSync(tar()), gzipSync('')), 'BACKUP_DAMAGED', /follows/],
    [
      'bytes behind the gzip member',
      () => raw(gzipSync(tar()), Buffer.from('x')),
      'BACKUP_DAMAGED',
      /follows/,
    ],
    [
      'zeros behind the gzip member',
      () => raw(gzipSync(tar()), Buffer.alloc(512)),
      'BACKUP_DAMAGED',
      /follows/,
    ],
    ['another gzip checksum', () => spoiledAt(gzipSync(tar()), -6), 'BACKUP_DAMAGED', /checksum/],
    ['another gzip length', () => spoiledAt(gzipSync(tar()), -1), 'BACKUP_DAMAGED', /checksum/],
    ['no gzip', () => tar(), 'BACKUP_DAMAGED', /gzip/],
    ['nothing inside', () => new Uint8Array(0), 'BACKUP_DAMAGED', /cut short/],
  ]
  it.each(cases)('%s', async (_, build, code, detail) => {
    await expectRefusal(await seal(recipient, build()), code, detail)
  })

  it('padding as tar itself makes it is right', async () => {
    const { outcome } = await unpack(await seal(recipient, gzipSync(raw(tar(), Buffer.alloc(10_240)))))
    expect(outcome).toMatchObject({ ok: true })
  })
})

describe('bombs', () => {
  it('unpacks no more than the table of contents says', async () => {
    const big = Buffer.alloc(64 * 2 ** 20)
    const tar = raw(
      tarEntry(manifest([good])),
      tarEntry({ name: 'state/moltbot.json', content: big }),
      tarEnd,
    )
    const before = process.memoryUsage().rss
    await expectRefusal(await seal(recipient, gzipSync(tar)), 'BACKUP_DAMAGED', /size|content/)
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6)
  })

  it('stops reading a manifest that has no end', async () => {
    const size = 300 * 2 ** 20
    const header = tarEntry({ name: 'manifest.json', size: `${size.toString(8).padStart(11, '0')}\0` })
    await expectRefusal(
      await seal(recipient, gzipSync(raw(header, Buffer.alloc(1024)))),
      'BACKUP_REFUSED',
      /too large/,
    )
  })

  it('stops at a plain one that unpacks to hundreds of times its size', async () => {
    const big = tarEntry({ name: 'home/ann/.clawdbot/agents/x', content: Buffer.alloc(80 * 2 ** 20) })
    await expectRefusal(gzipSync(raw(big, tarEnd)), 'BACKUP_REFUSED', /more than it may/)
  })
})

describe('plain archives without a table of contents', () => {
  const config: TarEntry = { name: 'home/ann/.clawdbot/moltbot.json', content: '{}', uid: 1000, mode: 0o644 }
  const cases: [string, TarEntry[], string, RegExp][] = [
    ['no state in it', [{ name: 'home/ann/holiday.jpg', content: 'x' }], 'BACKUP_FOREIGN_FILE', /path/],
    [
      'two states',
      [config, { ...config, name: 'home/bob/.clawdbot/moltbot.json' }],
      'BACKUP_FOREIGN_FILE',
      /path/,
    ],
    [
      'something beside the state',
      [config, { name: 'home/ann/.ssh/id', content: 'x' }],
      'BACKUP_REFUSED',
      /outside/,
    ],
    [
      'a link in it',
      [config, { name: 'home/ann/.clawdbot/agents', type: '2', linkname: '/' }],
      'BACKUP_REFUSED',
      /link/,
    ],
    ['a way out', [config, { name: 'home/ann/.clawdbot/../../x', content: 'x' }], 'BACKUP_REFUSED', /dots/],
    [
      'an absolute path',
      [{ ...config, name: '/home/ann/.clawdbot/moltbot.json' }],
      'BACKUP_REFUSED',
      /absolute/,
    ],
    ['a name twice', [config, config], 'BACKUP_REFUSED', /twice/],
    [
      'another case',
      [config, { ...config, name: 'home/ann/.clawdbot/MOLTBOT.json' }],
      'BACKUP_REFUSED',
      /cannot be told/,
    ],
  ]
  it.each(cases)('%s', async (_, entries, code, detail) => {
    await expectRefusal(gzipSync(tarOf(entries)), code, detail)
  })

  it('what is neither is foreign', async () => {
    await expectRefusal(Buffer.from('PK\x03\x04'), 'BACKUP_FOREIGN_FILE', /path/)
    await expectRefusal(new Uint8Array(0), 'BACKUP_FOREIGN_FILE', /path/)
  })
})

describe('what opens it', () => {
  it('another key', async () => {
    const other = await recipientOf(await newIdentity())
    await expectRefusal(await seal(other, gzipSync(honest(good))), 'BACKUP_WRONG_KEY', /path/)
  })

  it('no key, or a text that is none', async () => {
    const file = await seal(recipient, gzipSync(honest(good)))
    expect((await unpack(file, {})).outcome).toMatchObject({ code: 'BACKUP_KEY_ELSEWHERE' })
    const found = (await unpack(file, { identity: identity.slice(0, -3) })).outcome
    expect(found).toMatchObject({ code: 'BACKUP_IDENTITY_INVALID' })
    expect(JSON.stringify(found)).not.toContain(identity.slice(20, 40))
  })
})

function spoiledAt(bytes: Buffer, at: number): Buffer {
  const place = bytes.length + at
  bytes.writeUInt8((bytes[place] ?? 0) ^ 1, place)
  return bytes
}
