import { createHash } from 'node:crypto'

/** A file as the platform has it. */
export interface StoredFile {
  readonly id: string
  content: Buffer
  readonly contentType: string
  metadata: Record<string, string>
  lifetime: string | undefined
  readonly uploadedAt: Date
}

export function md5(content: Buffer): string {
  return createHash('md5').update(content).digest('hex')
}
