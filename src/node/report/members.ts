import type { Metadata } from '../../index.ts'

export type Json = Readonly<Record<string, unknown>>

/** Makes the error for an invalid member. */
type Invalid = (reason: string) => Error

/** Reads the members of JSON that comes from elsewhere, by their types. Each method throws for a member of another type. */
export class Members {
  readonly #json: Json
  readonly #invalid: Invalid
  readonly #path: string

  /** @param path of the object within the whole, for messages */
  constructor(json: Json, invalid: Invalid, path = '') {
    this.#json = json
    this.#invalid = invalid
    this.#path = path
  }

  optional<T>(name: string, read: () => T): T | undefined {
    return this.#json[name] === undefined ? undefined : read()
  }

  text(name: string): string {
    const value = this.#json[name]
    return typeof value === 'string' ? value : this.#reject(name, 'a string')
  }

  count(name: string): number {
    const value = this.#json[name]
    return typeof value === 'number' && value >= 0 ? value : this.#reject(name, 'a number of 0 or more')
  }

  counts(name: string): number[] {
    const value = this.#json[name]
    if (!Array.isArray(value)) return this.#reject(name, 'an array')
    return value.map((one: unknown) => (typeof one === 'number' ? one : this.#reject(name, 'an array of numbers')))
  }

  flag(name: string): boolean {
    const value = this.#json[name]
    return typeof value === 'boolean' ? value : this.#reject(name, 'true or false')
  }

  date(name: string): string {
    const value = this.text(name)
    return Number.isNaN(Date.parse(value)) ? this.#reject(name, 'a date in ISO 8601') : value
  }

  oneOf<const T extends string>(name: string, values: readonly T[]): T {
    const found = values.find((one) => one === this.#json[name])
    return found ?? this.#reject(name, `one of ${values.join(', ')}`)
  }

  texts(name: string): Metadata {
    const value = this.#json[name]
    if (!isJson(value)) return this.#reject(name, 'an object')
    const entries = Object.entries(value).map(([key, text]): [string, string] => {
      return typeof text === 'string' ? [key, text] : this.#reject(`${name}.${key}`, 'a string')
    })
    return Object.fromEntries(entries)
  }

  json(name: string): Json {
    const value = this.#json[name]
    return isJson(value) ? value : this.#reject(name, 'an object')
  }

  member(name: string): Members {
    return new Members(this.json(name), this.#invalid, `${this.#path}${name}.`)
  }

  list<T>(name: string, read: (members: Members) => T): T[] {
    const value = this.#json[name]
    if (!Array.isArray(value)) return this.#reject(name, 'an array')
    return Array.from(value, (one: unknown, index) => {
      const path = `${name}[${index}]`
      return isJson(one)
        ? read(new Members(one, this.#invalid, `${this.#path}${path}.`))
        : this.#reject(path, 'an object')
    })
  }

  #reject(name: string, expected: string): never {
    throw this.#invalid(`${this.#path}${name} must be ${expected}`)
  }
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
