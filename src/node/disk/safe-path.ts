import { UnsafePathError } from './local-file-error.ts'

/** What Windows forbids in a name, control characters and NUL among it: written as `%5C` and the like. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for.
const FORBIDDEN = /[\x00-\x1f\x7f<>:"\\|?*]/g

/** Half of a surrogate pair has no UTF-8 form: a disk would write it as this character. */
const LONE = /\p{Surrogate}/gu

/** Windows drops dots and spaces at the end of a name. */
const TRAILING = /[. ]+$/

/** Names of devices on Windows, whatever their case and whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i

/**
 * The path below a folder that a remote name stands for, with `/` between its parts: the same one on every system, so
 * that no name means something else on another. What a system would take for a path of its own (`\`, `C:`), for a device
 * or for another name is percent-encoded; what would lead out of the folder is refused.
 *
 * @throws UnsafePathError for empty names and parts, a leading slash, `.` and `..`
 * @example
 * safeLocalPath('photos/a:b?.jpg') // 'photos/a%3Ab%3F.jpg'
 */
export function safeLocalPath(remote: string): string {
  return remote
    .split('/')
    .map((part) => safeName(part, remote))
    .join('/')
}

/**
 * Returns a path that `safeLocalPath` has made, as a report or a journal tells it.
 * @throws UnsafePathError for any other: somebody may have changed that file
 */
export function requireSafePath(path: string): string {
  if (safeLocalPath(path) === path) return path
  throw new UnsafePathError(path, 'it is no path that could have been written')
}

function safeName(part: string, remote: string): string {
  if (part === '') throw new UnsafePathError(remote, 'it is empty, begins or ends with a slash, or has an empty part')
  if (part === '.' || part === '..') throw new UnsafePathError(remote, `the part "${part}" would lead elsewhere`)
  return part
    .replaceAll(LONE, '\uFFFD')
    .replaceAll(FORBIDDEN, encode)
    .replace(TRAILING, (end) => [...end].map(encode).join(''))
    .replace(RESERVED, (device) => `${encode(device.slice(0, 1))}${device.slice(1)}`)
}

function encode(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** The same for two paths that some system holds for one: it may tell neither case nor composed characters apart. */
export function pathIdentity(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC')
}
