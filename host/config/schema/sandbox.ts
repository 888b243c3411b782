import * as z from 'zod/mini'
import { amount, choice, count, flag, positive, section, text, textByName, texts } from './parts.ts'
import { exposesDocker, isHostNetwork } from './sandbox-limits.ts'

const bind = z
  .string()
  .check(
    z.refine(
      (text) => !exposesDocker(text),
      'gives the sandbox the control of Docker, and with it of this machine; take it out',
    ),
  )
const network = z
  .string()
  .check(
    z.refine(
      (text) => !isHostNetwork(text),
      'takes the sandbox out of its own network; use none, bridge, or a network of your own',
    ),
  )
const profile = z
  .string()
  .check(
    z.refine(
      (text) => text.trim().toLowerCase() !== 'unconfined',
      'takes the confinement from the sandbox; leave it out, or name a profile',
    ),
  )
const size = z.optional(z.union([z.string(), z.number()]))
const limit = z.union([z.string(), z.number(), z.strictObject({ soft: count, hard: count })])

const docker = section({
  image: text,
  containerPrefix: text,
  workdir: text,
  readOnlyRoot: flag,
  tmpfs: texts,
  network: z.optional(network),
  user: text,
  capDrop: texts,
  env: textByName,
  setupCommand: text,
  pidsLimit: positive,
  memory: size,
  memorySwap: size,
  cpus: amount,
  ulimits: z.optional(z.record(z.string(), limit)),
  seccompProfile: z.optional(profile),
  apparmorProfile: z.optional(profile),
  dns: texts,
  extraHosts: texts,
  binds: z.optional(z.array(bind)),
})

const browser = section({
  enabled: flag,
  image: text,
  containerPrefix: text,
  cdpPort: positive,
  vncPort: positive,
  noVncPort: positive,
  headless: flag,
  enableNoVnc: flag,
  allowHostControl: flag,
  allowedControlUrls: texts,
  allowedControlHosts: texts,
  allowedControlPorts: z.optional(z.array(z.int().check(z.minimum(1)))),
  autoStart: flag,
  autoStartTimeoutMs: positive,
})

/** Where an agent's commands run. */
export const sandbox = section({
  mode: choice(['off', 'non-main', 'all']),
  workspaceAccess: choice(['none', 'ro', 'rw']),
  sessionToolsVisibility: choice(['spawned', 'all']),
  scope: choice(['session', 'agent', 'shared']),
  perSession: flag,
  workspaceRoot: text,
  docker,
  browser,
  prune: section({ idleHours: count, maxAgeDays: count }),
})
