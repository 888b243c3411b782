import { expect, it } from 'vitest'
import { outsideArchive } from '../../../host/outside-archive.ts'

it.each([
  [
    '/Applications/Moltbot Desktop.app/Contents/Resources/app.asar',
    '/Applications/Moltbot Desktop.app/Contents/Resources/app',
  ],
  ['/opt/moltbot-desktop/resources/app.asar', '/opt/moltbot-desktop/resources/app'],
  ['/opt/moltbot-desktop/resources/app', '/opt/moltbot-desktop/resources/app'],
  ['/home/me/moltbot/host/secrets', '/home/me/moltbot/host/secrets'],
  ['/home/me/my.app.asar', '/home/me/my.app.asar'],
])('a script that a thread or process of its own runs, for a bundle in %s, is in %s', (folder, outside) => {
  expect(outsideArchive(folder)).toBe(outside)
})
