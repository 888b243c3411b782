import { expect, it } from 'vitest'
import { systemClock } from '../../../../host/clock.ts'
import { WatchedService } from '../../../../host/gateway/watched-service.ts'
import type { ServiceManager, ServiceStatus } from '../../../../host/gateway-service/service-manager.ts'
import { figures } from '../../../../host/supervisor/figures.ts'
import { createSupervisor, type Supervisor } from '../../../../host/supervisor/supervisor.ts'
import { type Problem, problem } from '../../../../shared/problem.ts'
import { freePort, until } from '../../../fixtures/host-under-test.ts'

type Act = 'start' | 'stop' | 'restart'

/** As systemd: each act takes a while, and one that comes meanwhile ends the former unfinished. */
class SlowManager {
  readonly asked: Act[] = []
  status: ServiceStatus = { enabled: true, active: 'active', pid: 700 }
  #giveUp = () => {}

  readonly port: Pick<ServiceManager, 'kind' | 'unit' | 'path' | 'status' | Act> = {
    kind: 'systemd',
    unit: 'moltbot-gateway.service',
    path: '/nowhere',
    status: async () => ({ ok: true, ...this.status }),
    start: () => this.#act('start'),
    stop: () => this.#act('stop'),
    restart: () => this.#act('restart'),
  }

  #act(name: Act): Promise<Problem | null> {
    this.asked.push(name)
    this.#giveUp()
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#giveUp = () => {}
        this.status = { ...this.status, active: name === 'stop' ? 'inactive' : 'active' }
        this.status = { ...this.status, pid: name === 'stop' ? null : 701 }
        resolve(null)
      }, 100)
      this.#giveUp = () => {
        clearTimeout(timer)
        resolve(problem('SERVICE_MANAGER_FAILED', { manager: 'systemd', command: name, detail: 'canceled' }))
      }
    })
  }
}

async function supervised(): Promise<{
  manager: SlowManager
  service: WatchedService
  supervisor: Supervisor
  problems: string[]
}> {
  const manager = new SlowManager()
  const port = await freePort()
  const service = new WatchedService({
    clock: systemClock,
    table: { identify: (pid) => ({ pid, startTime: '1' }) },
    figures,
    manager: manager.port,
    port: () => port,
    met: () => {},
  })
  const problems: string[] = []
  const never = () => {
    throw new Error('beside a service nothing is started')
  }
  const supervisor = createSupervisor(
    {
      clock: systemClock,
      figures,
      random: () => 0.5,
      checkConfig: async () => ({ ok: true, port }),
      others: { lookAtPort: never, lookAround: () => () => {}, watch: never },
      service,
      isWanted: () => true,
      launch: never,
      probe: never,
      watchObstacle: never,
      storeIntent: () => {},
      note: (_, found) => found && problems.push(found.code),
      changed: () => {},
    },
    port,
  )
  supervisor.open()
  await until(() => supervisor.state.name === 'serviceManaged', 'the service')
  return { manager, service, supervisor, problems }
}

it('a host that leaves while its service is held waits for the stop, and gives the service back', async () => {
  const { manager, service, supervisor } = await supervised()
  const held = supervisor.hold()
  const left = supervisor.quit()
  await held
  await left
  expect(manager.status.active).toBe('inactive')
  supervisor.release(true)
  supervisor.close()
  await service.settled()
  expect(manager.asked).toEqual(['stop', 'start'])
  expect(manager.status.active).toBe('active')
})

it('a service that is held only after the host began to leave is given back as well', async () => {
  const { manager, service, supervisor } = await supervised()
  await supervisor.quit()
  await supervisor.hold()
  expect(manager.status.active).toBe('inactive')
  supervisor.release(true)
  supervisor.close()
  await service.settled()
  expect(manager.status.active).toBe('active')
})

it('of two acts that are asked for at once only the later one is made', async () => {
  const { manager, service, supervisor, problems } = await supervised()
  supervisor.restart()
  supervisor.stop()
  await service.settled()
  await until(() => 'phase' in supervisor.state && supervisor.state.phase === 'stopped', 'the stop')
  supervisor.close()
  expect(manager.asked).toEqual(['stop'])
  expect(problems).toEqual([])
})

it('an act waits for the end of the one that is under way, and neither is refused for the other', async () => {
  const { manager, service, supervisor, problems } = await supervised()
  supervisor.restart()
  await until(() => manager.asked.length === 1, 'the restart')
  supervisor.stop()
  await service.settled()
  await until(() => 'phase' in supervisor.state && supervisor.state.phase === 'stopped', 'the stop')
  supervisor.close()
  expect(manager.asked).toEqual(['restart', 'stop'])
  expect(problems).toEqual([])
})
