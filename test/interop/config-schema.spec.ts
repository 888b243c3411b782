import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import json5 from 'json5'
import { describe, expect, it } from 'vitest'
import { checkSchema } from '../../host/config/check-schema.ts'
import { jsonSchemaOf } from '../../host/config/schema/json-schema.ts'
import { entry, whyNoClawdbot } from './clawdbot.ts'

interface Branch {
  readonly properties?: Readonly<Record<string, Branch>>
  readonly items?: Branch
  readonly additionalProperties?: Branch | boolean
  readonly anyOf?: readonly Branch[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** Sections that this program checks itself. */
const checked =
  /^(?:gateway|logging|messages|agents|session|commands|update|web|meta|channels\.(?:whatsapp|defaults))(?:\.|$)/

describe.skipIf(entry === '')(`the schema of the configuration [${whyNoClawdbot}]`, () => {
  it('has every section, key and value that clawdbot’s own has', async () => {
    const load = (path: string) => import(pathToFileURL(path).href)
    const { ClawdbotSchema } = await load(join(dirname(entry), 'config/zod-schema.js'))
    const { z } = await load(createRequire(entry).resolve('zod'))
    const theirs = keysOf(z.toJSONSchema(ClawdbotSchema, { io: 'input', unrepresentable: 'any' }), [])
    const ours = keysOf(await jsonSchemaOf(), [])
    const read = [...theirs].filter(([key]) => !key.includes('.') || checked.test(key))
    expect(read.length).toBeGreaterThan(400)
    expect(read.filter(([key]) => !ours.has(key))).toEqual([])
    const narrower = read.filter(([key, values]) => !values.every((value) => ours.get(key)?.includes(value)))
    expect(narrower).toEqual([])
  })

  it('takes every example of clawdbot’s own documentation that clawdbot itself takes', async () => {
    const { ClawdbotSchema } = await import(pathToFileURL(join(dirname(entry), 'config/zod-schema.js')).href)
    const docs = join(dirname(entry), '../docs')
    const examples = globSync('**/*.md', { cwd: docs }).flatMap((file) => examplesOf(join(docs, file)))
    const taken = examples.filter((example) => ClawdbotSchema.safeParse(example).success)
    expect(taken.length).toBeGreaterThan(300)
    const refusals = await Promise.all(taken.map(checkSchema))
    const keys = refusals.flatMap((checked) =>
      checked.ok ? [] : checked.issues.map(({ key }) => key.join('.')),
    )
    // Two give the sandbox Docker’s socket, which is refused here: it is the control of the machine.
    expect(keys.filter((key) => !key.startsWith('agents.defaults.sandbox.docker.binds.'))).toEqual([])
    expect(keys.length).toBeLessThanOrEqual(2)
  })
})

/** What is written as a whole object in the JSON blocks of a page. */
function examplesOf(path: string): object[] {
  const blocks = readFileSync(path, 'utf8').matchAll(/```json[5c]?[^\n]*\n([\s\S]*?)```/g)
  return [...blocks].flatMap(([, text = '']) => {
    try {
      const value: unknown = json5.parse(text)
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : []
    } catch {
      return [] // a part of a file
    }
  })
}

/** Every key, dotted, with the values it is limited to. */
function keysOf(branch: Branch, above: readonly string[]): Map<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>()
  const below: [string, Branch][] = Object.entries(branch.properties ?? {})
  for (const [name, member] of below) found.set([...above, name].join('.'), valuesOf(member))
  if (branch.items) below.push(['[]', branch.items])
  if (typeof branch.additionalProperties === 'object') below.push(['*', branch.additionalProperties])
  for (const [name, member] of below) for (const one of keysOf(member, [...above, name])) found.set(...one)
  for (const kind of branch.anyOf ?? []) for (const one of keysOf(kind, above)) found.set(...one)
  return found
}

function valuesOf(branch: Branch): readonly unknown[] {
  if (branch.const !== undefined) return [branch.const]
  return branch.enum ?? (branch.anyOf ?? []).flatMap(valuesOf)
}
