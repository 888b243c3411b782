import { PackagingError } from './packaging-error.ts'

/** What went wrong, for the terminal, and what to set where it was a download. */
export function whyPackingFailed(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  if (error instanceof PackagingError) return said
  if (!/download|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|socket|fetch|HTTP|status code|github\.com/i.test(said)) {
    return error instanceof Error ? (error.stack ?? said) : said
  }
  return `A download that packing needs failed: ${said.split('\n')[0]}

Electron itself, fpm (deb), the AppImage tools and dmgbuild (macOS) come from github.com. Without it:
  MOLTBOT_ELECTRON_DIST    a folder with Electron's distribution for the target, or ELECTRON_MIRROR an address that has it
  CUSTOM_FPM_PATH          fpm's program, or USE_SYSTEM_FPM=true for the one on the PATH
  APPIMAGE_TOOLS_PATH      a folder with the AppImage tools
  HTTPS_PROXY              a proxy that reaches github.com
\`npm run dist:check\` packs without any of them, on a stand-in for Electron, and checks the result.`
}
