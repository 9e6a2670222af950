import { InvalidRequestError } from '../index.ts'

/** Patterns of paths. */
export interface Globs {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

type Matches = (path: string) => boolean

/**
 * A filter that takes the files that some pattern of `include` matches and none of `exclude` does. A pattern without a slash
 * is matched with the last part of a path; what leaves out a directory leaves out all below it. Names are compared in one
 * Unicode normal form.
 * @returns undefined when there are no patterns
 * @throws InvalidRequestError for a pattern that cannot be understood
 */
export async function globFilter({ include, exclude = [] }: Globs): Promise<Matches | undefined> {
  if (include === undefined && exclude.length === 0) return undefined
  const [isIncluded, isExcluded] = await Promise.all([matcher(include ?? ['**']), matcher(exclude)])
  return (given) => {
    const path = given.normalize('NFC')
    const isDirectory = path.endsWith('/')
    const parts = (isDirectory ? path.slice(0, -1) : path).split('/')
    if (parts.some((_, index) => isExcluded(parts.slice(0, index + 1).join('/')))) return false
    return isDirectory || isIncluded(path)
  }
}

/** Whoever uploads chooses the names: only an engine without backtracking takes linear time for all of them. */
async function matcher(patterns: readonly string[]): Promise<Matches> {
  const { RE2JS } = await import('re2js')
  const tests = patterns.map((given) => {
    const pattern = given.normalize('NFC')
    const isNegated = /^!(?!\()/.test(pattern)
    const plain = isNegated ? pattern.slice(1) : pattern
    try {
      const expression = RE2JS.compile(expressionOf(plain.includes('/') ? plain : `**/${plain}`), RE2JS.DOTALL)
      return (path: string) => expression.testExact(path) !== isNegated
    } catch (cause) {
      throw new InvalidRequestError(`Invalid pattern ${JSON.stringify(given)}.`, { cause })
    }
  })
  return (path) => tests.some((test) => test(path))
}

const TOKEN = /\/\*\*\/|^\*\*\/|\/\*\*$|\*+|\?|\\[\s\S]|\[!?\]?[^\]]+\]|[{},]|[\s\S]/gu

/** A glob as a regular expression of RE2: `*`, `**`, `?`, `[a-z]`, `[!a]`, `{a,b}`, and `\` before a plain character. */
export function expressionOf(glob: string): string {
  const hasGroups = isBalanced(glob)
  let depth = 0
  return glob.replaceAll(TOKEN, (token) => {
    switch (token) {
      case '/**/':
        return '/(?:.*/)?'
      case '**/':
        return '(?:.*/)?'
      case '/**':
        return '(?:/.*)?'
      case '?':
        return '[^/]'
      case '{':
        if (!hasGroups) return '\\{'
        depth += 1
        return '(?:'
      case '}':
        if (!hasGroups) return '\\}'
        depth -= 1
        return ')'
      case ',':
        return depth > 0 ? '|' : ','
    }
    if (token.startsWith('**')) return token === glob ? '.*' : '[^/]*'
    if (token.startsWith('*')) return '[^/]*'
    if (token.length > 1 && token.startsWith('[')) return classOf(token)
    return escaped(token.length > 1 && token.startsWith('\\') ? token.slice(1) : token)
  })
}

function classOf(token: string): string {
  const isNegated = /^\[[!^]/.test(token)
  const members = token.slice(isNegated ? 2 : 1, -1).replaceAll(/[\\\][^&]/g, '\\$&')
  return isNegated ? `[^/${members}]` : `[${members}]`
}

/** Braces without a partner mean themselves. */
function isBalanced(glob: string): boolean {
  let depth = 0
  for (const character of glob.replaceAll(/\\[\s\S]|\[[^\]]*\]/g, '')) {
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}

function escaped(character: string): string {
  return /^[\\^$.*+?()[\]{}|]$/.test(character) ? `\\${character}` : character
}
