import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** What a signed URL can do. */
export type Purpose = 'download' | 'upload'

/** What a signed URL is for. Names are path segments, not encoded. */
export interface Target {
  readonly purpose: Purpose
  readonly kind: 'channels' | 'buckets'
  /** The id of the channel or bucket. */
  readonly container: string
  /** The id of the file, or its location in the bucket. */
  readonly file: string
}

export type Verdict = 'valid' | 'expired' | 'forged'

/** Marks the URLs on the page of the server. It is not signed: it changes nothing. */
const forPage = '&page=mock'

export function isForPage(target: string): boolean {
  return target.startsWith(storagePath) && target.endsWith(forPage)
}

/** Where signed URLs begin. */
export const storagePath = '/_storage/'

/**
 * Makes and checks URLs that nobody can guess, as object storage has them: the path says what, the query until when,
 * and a signature with a key that only this process knows covers both.
 */
export class SignedUrls {
  readonly #key = randomBytes(32)
  readonly #clock: Clock
  readonly #validFor: number

  constructor(clock: Clock, validFor: number) {
    this.#clock = clock
    this.#validFor = validFor
  }

  /** A URL for `target` and the time, in milliseconds, until which it is good. */
  sign(publicUrl: string, target: Target): { url: string; expires: number } {
    const seconds = Math.floor((this.#clock() + this.#validFor) / 1000)
    return { url: publicUrl + this.#signUntil(target, seconds), expires: seconds * 1000 }
  }

  /**
   * A URL within this server, wherever the page is looked at from, that stays the same through each hour, so that a
   * browser loads an image once.
   */
  signForPage(target: Target): string {
    const hour = 60 * 60
    const url = this.#signUntil(target, (Math.floor(this.#clock() / 1000 / hour) + 2) * hour)
    return url + forPage
  }

  verify(path: string, query: URLSearchParams): Verdict {
    const expires = query.get('expires') ?? ''
    const expected = this.#signature(path, expires)
    const given = Buffer.from(query.get('signature') ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
    return this.#clock() < Number(expires) * 1000 ? 'valid' : 'expired'
  }

  #signUntil(target: Target, seconds: number): string {
    const path = pathOf(target)
    return `${path}?expires=${seconds}&signature=${this.#signature(path, String(seconds))}`
  }

  #signature(path: string, expires: string): Buffer {
    return Buffer.from(createHmac('sha256', this.#key).update(`${path}?${expires}`).digest('hex'))
  }
}

function pathOf({ purpose, kind, container, file }: Target): string {
  const segments = [purpose, kind, container, ...file.split('/')]
  return storagePath + segments.map(encodeURIComponent).join('/')
}

/** The target that a path of `storagePath` names, if it names one. */
export function targetOf(path: string): Target | undefined {
  const [purpose, kind, container, ...file] = path.slice(storagePath.length).split('/').map(decodeSegment)
  if (purpose !== 'download' && purpose !== 'upload') return undefined
  if (kind !== 'channels' && kind !== 'buckets') return undefined
  return container === undefined ? undefined : { purpose, kind, container, file: file.join('/') }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** A target without the signature of a signed URL. */
export function withoutSignature(target: string): string {
  return target.replace(/([?&]signature=)[^&]*/g, '$1…')
}
