import { AbejaError, type ErrorContext } from './abeja-error.ts'

/**
 * No whole answer came: name resolution, connection, TLS, a reset, or a redirect that must not be followed and whose
 * status the runtime hides. `cause` is the runtime's error, or one like it where that one would show a secret.
 */
export class ConnectionError extends AbejaError {
  override readonly name = 'ConnectionError'
}

/** The clock that ran out: of one attempt, of a body that stood still, or of the whole call. */
export type TimeoutKind = 'timeout' | 'idleTimeout' | 'totalTimeout'

/** A clock of the call ran out. */
export class TimeoutError extends AbejaError {
  override readonly name = 'TimeoutError'
  /** The option whose time ran out. */
  readonly kind: TimeoutKind

  constructor(message: string, kind: TimeoutKind, context: ErrorContext = {}) {
    super(message, context)
    this.kind = kind
  }
}

/** The caller's `signal` was aborted. `cause` is the signal's reason. */
export class AbortedError extends AbejaError {
  override readonly name = 'AbortedError'
}

/** The answer is a success by its status, but not what the description promises. */
export class InvalidResponseError extends AbejaError {
  override readonly name: string = 'InvalidResponseError'
}

/**
 * The call was refused before anything was sent: a parameter, an option, the credential or a body is not usable. Or a
 * body failed while it was sent, and then the last of `attempts` tells that the server may have acted.
 */
export class InvalidRequestError extends AbejaError {
  override readonly name = 'InvalidRequestError'
}

/** A list that would never end: it returned a cursor or a page again, or nothing but empty pages. */
export class PaginationLoopError extends InvalidResponseError {
  override readonly name = 'PaginationLoopError'
}
