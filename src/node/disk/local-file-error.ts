import { AbejaError } from '../../index.ts'

/** A local file operation failed: the file is missing, is not readable, has changed, or the disk is full. */
export class LocalFileError extends AbejaError {
  override readonly name: string = 'LocalFileError'
  /** The file or directory concerned. */
  readonly path: string
  /** The error code of the system, such as `ENOENT` or `ENOSPC`. */
  override readonly code: string | undefined

  constructor(message: string, path: string, cause?: unknown) {
    super(message, { cause })
    this.path = path
    this.code = codeOf(cause)
  }

  /** Includes the path and the code. */
  override toJSON(): Record<string, unknown> {
    const { path, code } = this
    return { ...super.toJSON(), path, code }
  }
}

/** A remote name would be written outside of the target directory, or through a symlink. Nothing was written. */
export class UnsafePathError extends LocalFileError {
  override readonly name = 'UnsafePathError'

  constructor(path: string, why: string) {
    super(`Unsafe path ${JSON.stringify(path)}: ${why}`, path)
  }
}

/** Returns the error code of the system, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Names the operation and the path in the error of a file system call. */
export async function onDisk<T>(operation: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new LocalFileError(`Cannot ${operation} ${path} (${reasonOf(cause)})`, path, cause)
  }
}

/** Without the call and the path, which Node appends after a comma: `EACCES: permission denied`. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return codeOf(cause) === undefined ? cause.message : cause.message.replace(/, [a-z_]+( '.*)?$/s, '')
}

/** How many causes of an error are looked through: a chain may be a circle. */
const DEEPEST_CAUSE = 10

/** Whether something failed because this process, or the system, has too many files or connections open. */
export function isOutOfFileHandles(error: unknown): boolean {
  let cause = error
  for (let depth = 0; depth < DEEPEST_CAUSE && cause instanceof Error; depth++) {
    const code = codeOf(cause)
    if (code === 'EMFILE' || code === 'ENFILE') return true
    cause = cause.cause
  }
  return false
}
