import type { Content } from '../store/rows.ts'

/** Bytes that came with a request and are stored already. A handler takes them, or they are thrown away. */
export class Upload {
  readonly #content: Content
  #taken = false

  constructor(content: Content) {
    this.#content = content
  }

  take(): Content {
    this.#taken = true
    return this.#content
  }

  /** The change that took the bytes has failed. */
  putBack(): void {
    this.#taken = false
  }

  get taken(): boolean {
    return this.#taken
  }

  get content(): Content {
    return this.#content
  }
}

/** What a form for a bucket holds beside the bytes. */
export interface BucketForm {
  readonly location: string
  readonly contentType: string
  readonly lifetime: string | undefined
}
