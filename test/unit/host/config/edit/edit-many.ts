import { editConfig } from '../../../../../host/config/edit/edit-config.ts'
import { append } from '../../../../../host/config/edit/key-path.ts'
import { resolveStatePaths } from '../../../../../host/config/state-paths.ts'

/** An editor in a process of its own: appends `<mark>-1` … `<mark>-<count>` to a list, one after the other. */
const [mark = '', count = '0'] = process.argv.slice(2)
const request = { paths: resolveStatePaths(process.env, '/'), env: {} }
for (let at = 1; at <= Number(count); at += 1) {
  const key = ['logging', 'redactPatterns', append] as const
  const outcome = await editConfig(request, [{ key, value: `${mark}-${at}` }])
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
}
