import { pidOf } from '../../../shared/gateway-state.ts'
import { checkPort } from '../../gateway/check-port.ts'
import { findLockHolder } from '../../gateway/find-lock-holder.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'

/** Below it, a port is the administrator's. */
const firstFreePort = 1024

/** Whether the gateway's port can be had, and who has it if not. */
export const portCheck: Check = {
  name: 'port',
  async look(ground) {
    const { table, knowledge } = ground
    const chosen = await ground.port()
    if (!chosen.ok) {
      return [found('portInvalid', 'critical', { source: chosen.source, detail: chosen.detail })]
    }
    const { port } = chosen
    const listener = await table.findListener(port)
    if (!listener) return forbidden(port, ground)
    // The owner wants no gateway now, so that nothing stands in its way.
    const level = knowledge.gateway()?.intent === 'stopped' ? 'warn' : 'critical'
    if (listener.kind === 'unknown') {
      return [found('portTakenUnknown', level, { port, user: listener.user })]
    }
    const { pid, program, user, startedAt } = listener.process
    if (await isGateway(pid, ground)) return []
    return [found('portTaken', level, { port, pid, program, user, startedAt })]
  },
}

/** The only question that needs a try: for a moment the port is taken by this process. */
async function forbidden(port: number, { table, uid }: Ground): Promise<Found[]> {
  if (port >= firstFreePort || uid === 0) return []
  const wrong = await checkPort(port, table)
  if (wrong?.code !== 'PORT_FORBIDDEN') return []
  return [found('portForbidden', 'critical', wrong.params)]
}

/** Whether this process is the gateway of this configuration, whoever started it. */
export async function isGateway(
  pid: number,
  { knowledge, statePaths, table, tmpDir, uid }: Ground,
): Promise<boolean> {
  const view = knowledge.gateway()
  if (view && pidOf(view.state) === pid) return true
  const holder = await findLockHolder({ configPath: statePaths.configPath, table, tmpDir, uid })
  return holder?.pid === pid
}
