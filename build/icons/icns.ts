/**
 * Apple's names for a drawing of so many pixels: 1024 is 512 at double resolution, and so on. The two smallest
 * at single resolution are left out: as PNG they are drawn wrongly in places, and every Mac scales the next.
 */
const types: readonly (readonly [type: string, pixels: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

export const icnsPixels = [...new Set(types.map(([, pixels]) => pixels))]

/** A macOS icon file with the PNG drawing of each size. */
export function icns(drawings: ReadonlyMap<number, Buffer>): Buffer {
  const parts = types.map(([type, pixels]) => {
    const png = drawings.get(pixels)
    if (!png) throw new Error(`There is no drawing of ${pixels} pixels.`)
    return part(type, png)
  })
  return part('icns', Buffer.concat(parts))
}

function part(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8, type, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}
