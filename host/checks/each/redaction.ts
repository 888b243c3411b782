import type { Problem } from '../../../shared/problem.ts'
import { writeConfigMember } from '../../config/edit-config-file.ts'
import { type Check, found } from '../finding.ts'

/** Whether secrets are struck out of what is logged. */
export const redactionCheck: Check = {
  name: 'redaction',
  async look(ground) {
    const { statePaths, namesOnly } = ground
    const loaded = await ground.config()
    if (!loaded.ok || loaded.config.logging?.redactSensitive !== 'off') return []
    const path = statePaths.configPath
    const mend = async () => {
      const member = { section: 'logging', name: 'redactSensitive' } as const
      const written = await writeConfigMember({ paths: statePaths, env: namesOnly }, member, 'tools')
      return written.ok ? null : ({ code: written.code, params: written.params } as Problem)
    }
    return [found('redactOff', 'warn', { path }, { mend })]
  },
}
