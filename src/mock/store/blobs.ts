import type { Readable } from 'node:stream'
import type { Content } from './rows.ts'

/** Keeps the bytes of files. Nothing here ever holds a large file as a whole. */
export interface Blobs {
  /** Takes in a stream. When that breaks off, nothing is kept. */
  write(source: AsyncIterable<Uint8Array>): Promise<Content>
  /** The bytes from `start` to `end`, both included. */
  read(content: Content, start: number, end: number): Readable
  remove(blob: string): Promise<void>
  /** Removes every blob that is not in `used`. */
  keepOnly(used: ReadonlySet<string>): Promise<void>
  close(): Promise<void>
}
