import { it } from 'vitest'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { windowSurface } from './drivers/window-surface.ts'
import { judgePicture } from './pages/judge-picture.ts'
import { openScripted } from './pages/scripted-page.ts'

const looks = (['light', 'dark'] as const).flatMap((scheme) =>
  (['en', 'zh'] as const).map((language) => ({ scheme, language })),
)

describeWith(['chromium', 'cjk-font'], 'pictures of the window', () => {
  it.each(looks)('running: $scheme, $language', async ({ scheme, language }) => {
    const now = Date.now()
    const snapshot = snapshotOf(scriptedStates(now).running, now)
    const look = { scheme, language, width: 1080, height: 760 }
    const open = await openScripted(windowSurface(), snapshot, look)
    await judgePicture(open, language, `window-running-${scheme}-${language}`)
    await open.close()
  })
})
