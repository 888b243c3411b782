import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  checkRecipient,
  newIdentity,
  parseIdentityText,
  recipientOf,
} from '../../../../../host/backup/keys/age-keys.ts'
import { sheetText } from '../../../../../host/backup/keys/recovery-sheet.ts'
import { describeWith } from '../../../../setup/requirements.ts'
import { temporaryFolder } from '../state-folder.ts'

it('knows a recipient from what looks like one', async () => {
  const recipient = await recipientOf(await newIdentity())
  expect(await checkRecipient(recipient)).toBe(true)
  const wrong = [
    '',
    'age1',
    recipient.slice(0, -1),
    `${recipient}q`,
    recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q')),
    `${recipient}\n`,
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN',
    await newIdentity(),
  ]
  for (const text of wrong) expect(await checkRecipient(text), text).toBe(false)
})

it('reads an identity file with comments, and never repeats what it could not read', async () => {
  const [one, two] = [await newIdentity(), await newIdentity()]
  const text = `\ufeff# created: today\r\n\r\n${one}\r\n  # another\n${two}\n`
  expect(await parseIdentityText(text)).toEqual({ ok: true, identities: [one, two] })
  for (const bad of [
    '',
    '# nothing\n',
    `${one.slice(0, -2)}\n`,
    `key: ${one}`,
    one.toLowerCase(),
    `${one} ${two}`,
  ]) {
    const found = await parseIdentityText(bad)
    expect(found, bad).toMatchObject({ ok: false, code: 'BACKUP_IDENTITY_INVALID' })
    expect(JSON.stringify(found)).not.toMatch(/SECRET-KEY|secret-key/)
  }
})

it('a sheet is an identity file, whatever the machine is called', async () => {
  const identity = await newIdentity()
  const recipient = await recipientOf(identity)
  const machine = `mill\nAGE-SECRET-KEY-1EVIL\u2028# \u202e${'x'.repeat(300)}`
  const text = sheetText({ identity, recipient, machine, createdAt: 1_700_000_000_000 })
  expect(await parseIdentityText(text)).toEqual({ ok: true, identities: [identity] })
  const lines = text.trimEnd().split('\n')
  expect(lines.filter((line) => !line.startsWith('#'))).toEqual([identity])
  expect(text).toContain(recipient)
  expect(text).toContain('恢复单')
})

describeWith(['age'], 'beside age itself', () => {
  it('age reads a sheet, and names the same recipient', async () => {
    const identity = await newIdentity()
    const recipient = await recipientOf(identity)
    const path = join(temporaryFolder(), 'sheet.txt')
    writeFileSync(path, sheetText({ identity, recipient, machine: 'mill', createdAt: 0 }))
    expect(execFileSync('age-keygen', ['-y', path], { encoding: 'utf8' }).trim()).toBe(recipient)
  })

  it('takes the keys that age makes', async () => {
    const text = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const parsed = await parseIdentityText(text)
    if (!parsed.ok) throw new Error(parsed.code)
    const [, told] = /# public key: (\S+)/.exec(text) ?? []
    expect(await recipientOf(parsed.identities[0] ?? '')).toBe(told)
  })
})
