import { runDesktop } from './desktop.ts'

// The host comes after the tray shows; nothing of it is loaded for that.
runDesktop(async (ground, options, leaving) => {
  const { openRealHost } = await import('./start/open-real-host.ts')
  return openRealHost(ground, options, { leaving })
})
