import { decode } from '../metadata.ts'

const bucketFiles = /^(\/organizations\/[^/]+\/buckets\/[^/]+\/files)\/(.+)$/

/**
 * The path in the form that Prism can route: one segment a parameter, everything encoded the same way, no slash at the
 * end. The id of a bucket's file is all that follows `files/`, with its slashes.
 */
export function routablePath(path: string): string {
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  const [, files, fileId] = bucketFiles.exec(trimmed) ?? []
  if (files !== undefined && fileId !== undefined) return `${tidy(files)}/${encodeURIComponent(decode(fileId))}`
  return tidy(trimmed)
}

/** The path parameters, decoded. */
export function pathParameters(template: string, path: string): Record<string, string> {
  const segments = path.split('/')
  const pairs = template.split('/').map((name, index) => [/^\{(.+)\}$/.exec(name)?.[1], decode(segments[index] ?? '')])
  return Object.fromEntries(pairs.filter(([name]) => name !== undefined))
}

function tidy(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(decode(segment)))
    .join('/')
}
