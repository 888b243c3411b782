import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import type { UpdateFigures } from '../../../../host/updates/update-figures.ts'
import { pidOf } from '../../../../shared/gateway-state.ts'
import type { CallOutcome } from '../../../../shared/host-client.ts'
import type { Job } from '../../../../shared/jobs.ts'
import type { UpdatesView } from '../../../../shared/updates.ts'
import { HostUnderTest, makeHome, reaches, type TestHome } from '../../../fixtures/host-under-test.ts'
import { holdsPort } from '../../../fixtures/kernel.ts'
import type { NpmRegistry } from '../../../fixtures/npm-registry.ts'
import { endOf } from '../backup/job-of.ts'

/** Long enough for what is well, and short for what is not. */
const shortFigures: Partial<UpdateFigures> = {
  lookEveryMs: 300,
  stallMs: 20_000,
  maxInstallBytes: 30 * 1024 * 1024,
  keepFreeBytes: 1024 * 1024,
  versionLimitMs: 5_000,
  settleMs: 200,
  fetchRetries: 0,
  fetchRetryMs: 10,
}

/** A home whose `.npmrc` names that registry. */
export async function makeUpdatingHome(registry: NpmRegistry): Promise<TestHome> {
  const home = await makeHome()
  writeFileSync(join(home.env.HOME ?? '', '.npmrc'), `registry=${registry.url}\n`)
  return home
}

export async function openUpdatingHost(
  home: TestHome,
  figures: Partial<UpdateFigures> = {},
  options: readonly string[] = [],
): Promise<{ host: HostUnderTest; connection: HostConnection }> {
  const limits = JSON.stringify({ ...shortFigures, ...figures })
  const host = HostUnderTest.run(home, 'test/fixtures/run-updating-host.ts', [
    '--figures',
    limits,
    ...options,
  ])
  return { host, connection: await host.connect() }
}

/** The call's value; rejects with its problem. */
export async function answered<T>(
  outcome: Promise<{ ok: true; value: T } | { ok: false; code: string; params: object }>,
): Promise<T> {
  const end = await outcome
  if (end.ok) return end.value
  throw new Error(`${end.code} ${JSON.stringify(end.params)}`)
}

export async function updatesOf(connection: HostConnection): Promise<UpdatesView> {
  return (await answered(connection.call('host.snapshot'))).updates
}

export async function installed(connection: HostConnection, version: string): Promise<Job> {
  const { jobId } = await answered(connection.call('updates.installGateway', { version }))
  return endOf(connection, jobId)
}

export async function used(connection: HostConnection, id: string): Promise<Job> {
  const { jobId } = await answered(connection.call('updates.useGateway', { id }))
  return endOf(connection, jobId)
}

/** The command line of the process that holds the gateway's port, once the host says it is running. */
export async function whoAnswers(home: TestHome, connection: HostConnection): Promise<string> {
  const { state } = await reaches(connection, 'running')
  const pid = pidOf(state) ?? 0
  if (!holdsPort(pid, home.gatewayPort)) throw new Error('it holds no port')
  await answered(connection.call('gateway.health') as Promise<CallOutcome<'gateway.health'>>)
  return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
}

/** What lies in the folder of gateways, copies of the configuration aside. */
export function foldersOf(home: TestHome): string[] {
  try {
    return readdirSync(join(home.hostDir, 'gateways'))
      .filter((name) => !name.endsWith('.json5'))
      .sort()
  } catch {
    return []
  }
}
