// Run as a program of its own: changes the same store again and again, each time another session.
import { patchSession } from '../../../../gateway/sessions/change/patch-session.ts'

const [stateDir = '', name = '', count = '0'] = process.argv.slice(2)
for (let index = 0; index < Number(count); index += 1) {
  const key = `agent:main:${name}-${index}`
  const edit = await patchSession(
    { config: {}, stateDir, home: stateDir },
    { key, label: `${name} ${index}` },
  )
  if (!edit.ok) throw new Error(JSON.stringify(edit))
}
