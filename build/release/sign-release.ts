import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { manifestName } from '../../shared/release-manifest.ts'
import { type AppChannel, appChannels } from '../../shared/updates.ts'
import { version } from '../../shared/version.ts'
import { releasePackages } from './release-packages.ts'
import { privateKeyIn, publicKeyOf, type ReleaseFacts, signManifest } from './sign-manifest.ts'

// `npm run release:sign [-- <folder with packages>] …`: writes, beside each package, the signed manifest by which
// running copies find it. Without a channel: stable, or beta for a version such as 1.2.0-beta.1.
const usage = `Usage: npm run release:sign -- [folder] [--channel stable|beta] [--notes <text file>]
  [--notes-url <https address>] [--minimum-version <version>] [--days <until it expires; 90>] [--counter <n>]
The folder is release/ unless given. The key is in MOLTBOT_RELEASE_PRIVATE_KEY (PEM, Ed25519). To make a pair:
  openssl genpkey -algorithm ed25519 -out release-key.pem
  openssl pkey -in release-key.pem -pubout -outform DER | base64     # MOLTBOT_RELEASE_PUBLIC_KEY, for the packages
Keep the private one where only releases are made: whoever has it can update every copy.`
const dayMs = 86_400_000

try {
  await signRelease()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function signRelease(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      channel: { type: 'string' },
      notes: { type: 'string' },
      'notes-url': { type: 'string' },
      'minimum-version': { type: 'string' },
      days: { type: 'string', default: '90' },
      counter: { type: 'string' },
    },
  })
  const privateKey = privateKeyIn(process.env.MOLTBOT_RELEASE_PRIVATE_KEY ?? '')
  if (!privateKey)
    throw new Error(`MOLTBOT_RELEASE_PRIVATE_KEY holds no private Ed25519 key in PEM.\n${usage}`)
  const folder = resolve(positionals[0] ?? 'release')
  const packages = releasePackages(folder, version)
  if (packages.length === 0) throw new Error(`There is no package of ${version} in ${folder}.\n${usage}`)
  const days = wholeNumber('--days', values.days)
  const now = Date.now()
  const facts: ReleaseFacts = {
    version,
    channel: channelOf(values.channel),
    // Rises by itself as long as clocks do.
    counter: values.counter === undefined ? Math.floor(now / 1000) : wholeNumber('--counter', values.counter),
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + days * dayMs).toISOString(),
    notes: values.notes === undefined ? '' : readFileSync(values.notes, 'utf8').trim(),
    notesUrl: values['notes-url'] ?? null,
    ...(values['minimum-version'] !== undefined && { minimumVersion: values['minimum-version'] }),
  }
  for (const found of packages) {
    const { text, signature } = await signManifest(folder, found, facts, privateKey)
    const name = manifestName({ ...found, channel: facts.channel })
    writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, `${name}.sig`), signature)
    console.log(`${name}: ${found.name}`)
  }
  console.log(`Number ${facts.counter} of the ${facts.channel} channel, good until ${facts.expiresAt}.`)
  console.log(`Fits packages that were made with MOLTBOT_RELEASE_PUBLIC_KEY=${publicKeyOf(privateKey)}`)
}

function channelOf(given: string | undefined): AppChannel {
  const usual: AppChannel = version.includes('-') ? 'beta' : 'stable'
  const channel = appChannels.find((one) => one === (given ?? usual))
  if (!channel) throw new Error(`--channel must be one of ${appChannels.join(', ')}.`)
  if (channel === 'stable' && usual === 'beta') throw new Error(`${version} is no stable version.`)
  return channel
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${option} must be a whole number from 1.`)
  return number
}
