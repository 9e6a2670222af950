import picomatch from 'picomatch'

/** Patterns of paths. */
export interface Globs {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

/**
 * A filter that takes the files that some pattern of `include` matches and none of `exclude` does. A pattern without a
 * slash is matched with the last part of a path; what leaves out a folder leaves out all below it.
 * @returns undefined when there are no patterns
 */
export function globFilter({ include, exclude = [] }: Globs): ((path: string) => boolean) | undefined {
  if (include === undefined && exclude.length === 0) return undefined
  const isIncluded = matcher(include ?? ['**'])
  const isExcluded = matcher(exclude)
  return (path) => {
    const isFolder = path.endsWith('/')
    const parts = (isFolder ? path.slice(0, -1) : path).split('/')
    if (parts.some((_, index) => isExcluded(parts.slice(0, index + 1).join('/')))) return false
    return isFolder || isIncluded(path)
  }
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const anywhere = patterns.map((pattern) => (pattern.includes('/') ? pattern : `**/${pattern}`))
  return picomatch(anywhere, { dot: true })
}
