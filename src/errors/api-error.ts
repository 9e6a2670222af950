import { AbejaError } from './abeja-error.ts'

/** The server answered with a status that is no success. The classes below are the ones the platform documents. */
export class ApiError extends AbejaError {
  override readonly name: string = 'ApiError'
  declare readonly status: number
}

/** 400: the server refused the parameters. */
export class BadRequestError extends ApiError {
  override readonly name = 'BadRequestError'
}

/** 401: the server refused the credential, or got none. */
export class UnauthorizedError extends ApiError {
  override readonly name = 'UnauthorizedError'
}

/** 403: the credential is known but may not do this. */
export class ForbiddenError extends ApiError {
  override readonly name = 'ForbiddenError'
}

/** 404: there is no such thing under this id. */
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError'
}

/** 409: it is already there. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError'
}

/** 429: too many requests. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
}

/** 500 and above: the server failed. */
export class InternalServerError extends ApiError {
  override readonly name = 'InternalServerError'
}

const CLASSES: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
}

/** The class that stands for a status. */
export function apiErrorClass(status: number): typeof ApiError {
  return CLASSES[status] ?? (status >= 500 ? InternalServerError : ApiError)
}
