export interface IconFile {
  /** Below `assets/icons`. */
  readonly path: string
  readonly svg: string
  /** What `currentColor` means in it. */
  readonly color: string
  /** Width and height. */
  readonly pixels: number
}

export const shapes = ['running', 'starting', 'attention', 'stopped', 'failed'] as const
type Shape = (typeof shapes)[number]

/**
 * Linux panels get one size, because the largest image is all that is sent to them: 32 is exactly two
 * times GNOME's 16 px, and sharp where a panel is scaled.
 */
export const linuxPixels = 32
export const appPixels = [32, 64, 128, 256, 512] as const
/** Of what a package installs for the menus of Linux desktops; each name has to be its size. */
export const linuxAppPixels = [16, 24, 32, 48, 64, 128, 256, 512] as const

/** What a mark stands on in the neutral set, which has to be seen on any panel: white reads on each. */
const tiles: Record<Shape, string> = {
  running: '#0a5fd0',
  starting: '#0a5fd0',
  attention: '#8f5200',
  stopped: '#565e6b',
  failed: '#b8232c',
}

/** Every icon that is drawn from a source. `read` gives the text of a file below `assets/icons`. */
export function iconFiles(read: (source: string) => string): IconFile[] {
  const app = read('moltbot.svg')
  return [
    ...appPixels.map((pixels) => ({ path: `app/moltbot-${pixels}.png`, svg: app, color: '#000', pixels })),
    ...linuxAppPixels.map((pixels) => ({
      path: `package/linux/${pixels}x${pixels}.png`,
      svg: app,
      color: '#000',
      pixels,
    })),
    ...shapes.flatMap((shape) =>
      [false, true].flatMap((hasUpdate) => {
        // The letter alone fills the icon; beside a mark it has to be narrower, as it is in the other states.
        const isNarrow = hasUpdate && shape === 'running'
        const source = read(`tray/src/${shape}${isNarrow ? '-update' : ''}.svg`)
        const svg = hasUpdate ? withUpdateMark(source) : source
        const name = `${shape}${hasUpdate ? 'Update' : ''}`
        const linux = { color: '#fff', pixels: linuxPixels }
        return [
          { path: `tray/macos/${name}Template.png`, svg, color: '#000', pixels: 16 },
          { path: `tray/macos/${name}Template@2x.png`, svg, color: '#000', pixels: 32 },
          { path: `tray/linux/light/${name}.png`, svg, color: '#1c1f24', pixels: linuxPixels },
          { path: `tray/linux/dark/${name}.png`, svg, ...linux },
          { path: `tray/linux/neutral/${name}.png`, svg: onTile(svg, tiles[shape]), ...linux },
        ]
      }),
    ),
  ]
}

/** The macOS application icon in one size. Apple's grid leaves a margin of 100 in 1024 around it. */
export function macAppIcon(read: (source: string) => string, pixels: number): Omit<IconFile, 'path'> {
  const app = read('moltbot.svg').replace(
    'viewBox="0 0 32 32"',
    'viewBox="0 0 32 32" width="824" height="824"',
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024"><g transform="translate(100 100)">${app}</g></svg>`
  return { svg, color: '#000', pixels }
}

/** A dot in the upper right corner, which every drawing leaves free. */
function withUpdateMark(svg: string): string {
  return framed(`${svg}<circle cx="13.8" cy="2.8" r="2.2" fill="currentColor"/>`)
}

function onTile(svg: string, tile: string): string {
  return framed(`
    <rect width="16" height="16" rx="3.6" fill="${tile}"/>
    <g transform="translate(1.7 1.7) scale(0.7875)">${svg}</g>`)
}

/** A nested drawing without a size of its own would be drawn as large as the page says. */
function framed(content: string): string {
  const sized = content.replaceAll('viewBox="0 0 16 16"', 'viewBox="0 0 16 16" width="16" height="16"')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${sized}</svg>`
}
