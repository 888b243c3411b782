import { join } from 'node:path'
import { type NativeImage, nativeImage } from 'electron'

/** The tray's images by file name, each read once. `iconsDir` holds `tray/` and `app/`. */
export function trayImages(iconsDir: string): (file: string) => NativeImage {
  const known = new Map<string, NativeImage>()
  return (file) => {
    const image = known.get(file) ?? read(join(iconsDir, 'tray', file), iconsDir)
    known.set(file, image)
    return image
  }
}

/** A file that is missing or broken reads as an empty image, without a word; the application's own shows at least that it runs. */
function read(path: string, iconsDir: string): NativeImage {
  const image = nativeImage.createFromPath(path)
  return image.isEmpty() ? nativeImage.createFromPath(join(iconsDir, 'app', 'moltbot-32.png')) : image
}
