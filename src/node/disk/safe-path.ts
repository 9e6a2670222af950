import { UnsafePathError } from './local-file-error.ts'

/** Characters that Windows does not allow in a name. They are percent-encoded. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const FORBIDDEN = /[\x00-\x1f\x7f<>:"\\|?*]/g

/** Half of a surrogate pair has no UTF-8 form: a disk would write it as this character. */
const LONE = /\p{Surrogate}/gu

/** Windows drops dots and spaces at the end of a name. */
const TRAILING = /[. ]+$/

/** Names of devices on Windows, whatever their case and whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i

/**
 * Returns the path below a directory for a remote name, with `/` between its parts. It is the same on every system. What a
 * system would interpret as a path (`\`, `C:`), as a device or as another name is percent-encoded; a name that leads out of
 * the directory is rejected.
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
 * Returns a path of a report or a journal, if `safeLocalPath` can have made it.
 * @throws UnsafePathError for any other: the report or journal may have been changed
 */
export function requireSafePath(path: string): string {
  if (safeLocalPath(path) === path) return path
  throw new UnsafePathError(path, 'it is not a path that this package writes')
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

/** Returns the form in which paths are compared: some systems ignore case, or how a character is composed. */
export function pathIdentity(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC')
}
