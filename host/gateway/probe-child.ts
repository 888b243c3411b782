import { supervisorMark } from '../child/child-environment.ts'
import type { GatewayCommand } from '../child/launch-gateway.ts'
import { fetchLiveness, type Liveness } from '../gateway-client/fetch-liveness.ts'
import { Agent } from '../node-http.ts'
import type { ProcessTable } from '../processes/process-table.ts'

interface ChildProbeParts {
  readonly table: Pick<ProcessTable, 'holdsListener' | 'findListener' | 'findByEnvironment'>
  /** Of this host, in the environment of all that it starts. */
  readonly nonce: string
  readToken(): Promise<string>
}

/** A package is busier than ours, and its answer is longer. */
const packageAskMs = 5_000

/**
 * Whether our own child answers. An answer counts only from it: another program may have been quicker to
 * the port.
 */
export class ChildProbe {
  readonly #parts: ChildProbeParts
  #provenPid: number | null = null
  readonly #keptConnection = new Agent({ keepAlive: true, maxSockets: 1 })
  #kind: GatewayCommand['kind'] = 'builtIn'
  #installed: string | null = null
  /** As the gateway names it; null before it has, and where it does not. */
  version: string | null = null

  constructor(parts: ChildProbeParts) {
    this.#parts = parts
  }

  get isPackage(): boolean {
    return this.#kind === 'package'
  }

  /** `installed`: the version that a package was installed as, for one that does not name its own. */
  launching(kind: GatewayCommand['kind'], installed: string | null): void {
    this.#kind = kind ?? 'builtIn'
    this.#installed = installed
    this.#provenPid = null
  }

  /** No child of ours runs any more. */
  ended(): void {
    this.#provenPid = null
  }

  /** A gateway that is not our child names its version. */
  met(version: string | null): void {
    this.version = version
  }

  close(): void {
    this.#keptConnection.destroy()
  }

  async probe(port: number, pid: number, limitMs: number): Promise<Liveness> {
    const liveness = await fetchLiveness({ port, timeoutMs: limitMs, agent: this.#keptConnection })
    if (this.isPackage) return this.#judgePackage(liveness, port, pid)
    if (liveness.kind === 'silent') return liveness
    if (!(await this.#isProven(pid, port))) return anotherAnswers
    if (liveness.kind === 'live') this.version = liveness.version
    return liveness
  }

  /**
   * Its HTTP has no health: ready is who connects and answers `health`. From then on any answer in HTTP says
   * that it lives, and only a silent one is asked over the protocol again, each time, before that counts.
   */
  async #judgePackage(liveness: Liveness, port: number, pid: number): Promise<Liveness> {
    if (this.#provenPid !== pid) {
      if (liveness.kind === 'silent') return liveness
      if (!(await this.holds(pid, port))) return anotherAnswers
      const asked = await this.#ask(port)
      if (asked.kind === 'live') this.#provenPid = pid
      return asked
    }
    if (liveness.kind === 'silent') return this.#ask(port)
    if (liveness.kind === 'unwell' && !liveness.isForeign) return liveness
    return { kind: 'live', version: this.version }
  }

  async #ask(port: number): Promise<Liveness> {
    const token = await this.#parts.readToken().catch(() => null)
    if (token === null) {
      // With a password, say, it cannot be asked more than whether it speaks the protocol.
      const { hearsChallenge } = await import('../gateway-client/hears-challenge.ts')
      const heard = await hearsChallenge(port, packageAskMs)
      return heard ? { kind: 'live', version: this.version } : { kind: 'silent', detail: 'no challenge' }
    }
    const { requestHealth } = await import('../gateway-client/request-health.ts')
    const asked = await requestHealth({ port, token, timeoutMs: packageAskMs })
    if (!asked.ok) return { kind: 'silent', detail: asked.code }
    this.version = asked.version ?? this.#installed
    return { kind: 'live', version: this.version }
  }

  async #isProven(pid: number, port: number): Promise<boolean> {
    if (this.#provenPid === pid) return true
    if (!(await this.holds(pid, port))) return false
    this.#provenPid = pid
    return true
  }

  /** A package may listen in a process that its first one started: this host’s mark proves that one, too. */
  async holds(pid: number, port: number): Promise<boolean> {
    const { table, nonce } = this.#parts
    if (await table.holdsListener(pid, port)) return true
    if (!this.isPackage) return false
    const listener = await table.findListener(port)
    if (listener?.kind !== 'process') return false
    const { pid: listening, startTime } = listener.process
    const marked = await table.findByEnvironment(supervisorMark, nonce)
    return marked.some((one) => one.pid === listening && one.startTime === startTime)
  }
}

const anotherAnswers: Liveness = { kind: 'silent', detail: 'another program answers' }
