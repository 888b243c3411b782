import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { diskCheck } from '../../../../host/checks/each/disk.ts'
import { layGround } from '../../../../host/checks/ground.ts'
import { resolveHostPaths } from '../../../../host/host-paths.ts'

/** In mounts of its own: what the check says of disks of three sizes. */
const [, , base = ''] = process.argv
const disk = join(base, 'disk')
mkdirSync(disk)
const said: unknown[] = []
for (const size of ['100m', '600m', '1500m']) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', disk])
  const env = { MOLTBOT_LOG_DIR: join(disk, 'log'), MOLTBOT_HOST_DIR: join(disk, 'host') }
  const ground = layGround({
    env,
    home: disk,
    statePaths: { stateDir: disk, configPath: join(disk, 'moltbot.json'), envFilePath: join(disk, '.env') },
    hostPaths: resolveHostPaths(env, disk, process.platform),
    now: Date.now,
    knowledge: { secrets: { storedNames: [] }, backups: async () => null },
    // The rest is for other checks.
  } as never)
  const [finding] = await diskCheck.look(ground)
  said.push({ size, ...(finding ?? { code: 'disk', level: 'ok' }) })
  execFileSync('umount', [disk])
}
console.log(JSON.stringify(said))
