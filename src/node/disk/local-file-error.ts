import { AbejaError } from '../../index.ts'

/** Something on this machine's disk failed: a file is missing, may not be read, or there is no room. */
export class LocalFileError extends AbejaError {
  override readonly name: string = 'LocalFileError'
  /** What it is about. */
  readonly path: string
  /** The system's code, such as `ENOENT` or `ENOSPC`. */
  override readonly code: string | undefined

  constructor(message: string, path: string, cause?: unknown) {
    super(message, { cause })
    this.path = path
    this.code = codeOf(cause)
  }

  /** With the path and the code. */
  override toJSON(): Record<string, unknown> {
    const { path, code } = this
    return { ...super.toJSON(), path, code }
  }
}

/** A name that would lead out of the folder, or onto something that is no plain file of it. Nothing was written. */
export class UnsafePathError extends LocalFileError {
  override readonly name = 'UnsafePathError'

  constructor(path: string, why: string) {
    super(`${JSON.stringify(path)} was refused: ${why}.`, path)
  }
}

/** The system's code of a failure, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Does something with the disk, and says what it was when it fails. */
export async function onDisk<T>(what: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new LocalFileError(`${path} could not be ${what}: ${reason}`, path, cause)
  }
}
