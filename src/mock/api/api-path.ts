import { decode } from '../metadata.ts'

const bucketFiles = /^(\/organizations\/[^/]+\/buckets\/[^/]+\/files)\/(.+)$/

/**
 * The path in the form that Prism can route: one segment per parameter, uniformly encoded, without a trailing slash. The
 * platform's programs send `//channels` where their base URL ends in a slash. The id of a bucket's file is everything
 * after `files/`, including its slashes.
 */
export function routablePath(path: string): string {
  const rooted = path.replace(/^\/+/, '/')
  const trimmed = rooted.length > 1 && rooted.endsWith('/') ? rooted.slice(0, -1) : rooted
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
