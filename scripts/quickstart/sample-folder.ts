import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

/** Creates a directory of valid images and tables. Returns its path. */
export async function makeSampleFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'abeja-quickstart-'))
  const files: [string, Uint8Array | string][] = [
    ['photos/夕焼け.png', sunset(640, 400)],
    ['photos/tiles.png', sunset(64, 64)],
    ['tables/readings.csv', table(2_000)],
    ['tables/summary.csv', table(10)],
  ]
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** A PNG of a sky. https://www.w3.org/TR/png/ */
function sunset(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isSun = Math.hypot(x - width / 2, y - height * 0.7) < height / 5
      const colour = isSun
        ? [255, 214, 102]
        : [40 + (200 * y) / height, 60 + (70 * y) / height, 130 - (40 * y) / height]
      pixels.set(colour, y * (1 + width * 3) + 1 + x * 3)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.of()),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  frame.set(body, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

function table(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `${row},sensor-${row % 7},${(Math.sin(row / 9) * 20).toFixed(3)}`,
  )
  return `id,sensor,value\n${lines.join('\n')}\n`
}
