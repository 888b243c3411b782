import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'
import type { AppChannel } from '../../shared/updates.ts'
import { compareVersions, isVersion } from './gateway-version.ts'
import { knownPackage } from './known-packages.ts'
import { type NpmEnd, type NpmParts, runNpm, saidBy } from './npm.ts'

export const askingPrefix = '.asking-'

/** What the registry says of one version. */
export interface Announced {
  readonly name: string
  readonly version: string
  /** `sha512-…` of its archive; null where the registry names none. */
  readonly integrity: string | null
  /** It has a command, so it may be a gateway. */
  readonly hasCommand: boolean
  /** The range of Node versions that it says it needs; null where it says none. */
  readonly needsNode: string | null
  readonly publishedAt: number | null
  /** Its own files once unpacked, without those it depends on. */
  readonly bytes: number | null
  readonly notesUrl: string | null
}

type Asked = { readonly ok: true; readonly announced: Announced } | ({ readonly ok: false } & Problem)

const text = z.string().max(2_048)
const answerSchema = z.object({
  name: text,
  version: text,
  'dist-tags': z.record(z.string(), text).optional(),
  bin: z.union([text, z.record(z.string(), text)]).optional(),
  engines: z.record(z.string(), z.unknown()).optional().catch(undefined),
  dist: z.object({
    integrity: text.optional(),
    unpackedSize: z.number().min(0).optional(),
    tarball: text.optional(),
  }),
  time: z.record(z.string(), z.unknown()).optional().catch(undefined),
  repository: z
    .union([text, z.object({ url: text })])
    .optional()
    .catch(undefined),
  homepage: text.optional().catch(undefined),
})

const members = ['name', 'version', 'dist-tags', 'bin', 'engines', 'dist', 'time', 'repository', 'homepage']

export interface Registry {
  readonly npm: NpmParts
  /** Where it may write for a moment. */
  readonly workDir: string
}

/** The newest version that a channel has: the tag `latest`, or a newer one that is tagged `beta`. */
export async function askNewest(
  registry: Registry,
  name: string,
  channel: AppChannel,
  signal: AbortSignal,
): Promise<Asked> {
  const latest = await ask(registry, name, 'latest', signal)
  if (!latest.ok || channel === 'stable') return latest
  const { beta } = latest.tags
  if (beta === undefined || compareVersions(beta, latest.announced.version) <= 0) return latest
  return ask(registry, name, 'beta', signal)
}

/** One exact version. */
export function askVersion(registry: Registry, name: string, version: string, signal: AbortSignal) {
  return ask(registry, name, version, signal)
}

async function ask(
  { npm, workDir }: Registry,
  name: string,
  wanted: string,
  signal: AbortSignal,
): Promise<Asked & { tags: Readonly<Record<string, string>> }> {
  await mkdir(workDir, { recursive: true, mode: 0o700 })
  const cwd = await mkdtemp(join(workDir, askingPrefix))
  try {
    const limits = { cwd, limitMs: npm.figures.askLimitMs, signal }
    const end = await runNpm(npm, ['view', `${name}@${wanted}`, ...members], limits)
    const read = end.ok ? readAnswer(end.stdout, name, wanted) : failed(end, name, wanted)
    return { tags: {}, ...read }
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}

function failed(end: Extract<NpmEnd, { ok: false }>, name: string, wanted: string): Asked {
  const { code, detail, registry } = end
  if (code === 'E404' && isVersion(wanted) && detail.includes('No match')) return noVersion(name, wanted)
  if (code === 'ETARGET') return noVersion(name, wanted)
  if (code === 'E404') return { ok: false, ...problem('GATEWAY_PACKAGE_UNKNOWN', { name, registry }) }
  const isAnswer = code === 'output' || code === 'memory' || /json/i.test(code + detail)
  const about = { registry, detail: saidBy(end) }
  return { ok: false, ...problem(isAnswer ? 'REGISTRY_INVALID' : 'REGISTRY_UNREACHABLE', about) }
}

function noVersion(name: string, version: string): Asked {
  return { ok: false, ...problem('GATEWAY_VERSION_UNKNOWN', { name, version }) }
}

function readAnswer(
  stdout: string,
  name: string,
  wanted: string,
): Asked & { tags?: Readonly<Record<string, string>> } {
  const parsed = answerSchema.safeParse(onlyOne(stdout))
  const registry = originOf(parsed.data?.dist.tarball)
  const invalid = (detail: string): Asked => ({
    ok: false,
    ...problem('REGISTRY_INVALID', { registry, detail }),
  })
  if (!parsed.success) return invalid(parsed.error.issues[0]?.message ?? 'not JSON')
  const { version, bin, engines, dist, time, 'dist-tags': tags } = parsed.data
  if (parsed.data.name !== name) return invalid('the answer is about another package')
  if (!isVersion(version)) return invalid(`“${version.slice(0, 64)}” is no version`)
  if (isVersion(wanted) && version !== wanted) return invalid('the answer is about another version')
  const publishedAt = Date.parse(String(time?.[version]))
  return {
    ok: true,
    tags: tags ?? {},
    announced: {
      name,
      version,
      integrity: dist.integrity?.split(/\s+/).find((one) => one.startsWith('sha512-')) ?? null,
      hasCommand: typeof bin === 'string' || Object.keys(bin ?? {}).length > 0,
      needsNode: typeof engines?.node === 'string' ? engines.node : null,
      publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
      bytes: dist.unpackedSize ?? null,
      notesUrl: notesUrl(parsed.data),
    },
  }
}

function originOf(address: string | undefined): string {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : 'npm'
}

/** npm answers with a list for some of its versions, and nothing at all for a package without any. */
function onlyOne(stdout: string): unknown {
  try {
    const answer: unknown = JSON.parse(stdout)
    return Array.isArray(answer) ? answer[0] : answer
  } catch {
    return undefined
  }
}

function notesUrl({ repository, homepage }: z.infer<typeof answerSchema>): string | null {
  const source = typeof repository === 'string' ? repository : repository?.url
  const address = source?.replace(/^git\+/, '').replace(/\.git$/, '')
  for (const one of [address, homepage]) {
    if (one === undefined || !URL.canParse(one)) continue
    const url = new URL(one)
    if (url.protocol !== 'https:' || url.username || url.password) continue
    return url.hostname === 'github.com' && one === address ? `${url.href}/releases` : url.href
  }
  return null
}

/** Why a version is not taken, from what the registry says of it alone; or null. `node`: as `24.18.1`. */
export function whyUnfit(npmCliPath: string, announced: Announced, node: string): Problem | null {
  const { name, version, needsNode } = announced
  const noGateway = (detail: string) => problem('GATEWAY_NOT_A_GATEWAY', { name, version, detail })
  if (!announced.hasCommand) return noGateway('it has no command')
  if (compareVersions(version, knownPackage(name).oldest) < 0) {
    return noGateway('it is older than the first release, and holds its place only')
  }
  if (needsNode === null) return noGateway('it does not say which Node it needs')
  if (!isInRange(npmCliPath, node, needsNode)) {
    return problem('GATEWAY_NEEDS_NODE', { name, version, needs: needsNode, node })
  }
  if (announced.integrity !== null) return null
  const detail = 'the registry names no SHA-512 of it'
  return problem('GATEWAY_INTEGRITY', { name, version, detail })
}

/** By npm's own reading of ranges. */
function isInRange(npmCliPath: string, version: string, range: string): boolean {
  const satisfies: (version: string, range: string) => boolean = createRequire(npmCliPath)(
    'semver/functions/satisfies',
  )
  return satisfies(version, range)
}
