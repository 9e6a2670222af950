import { readdirSync, readFileSync } from 'node:fs'

/** A code block of a page. */
export interface Program {
  /** Page and line, for messages. */
  readonly name: string
  readonly language: string
  readonly code: string
}

/** README and all guides. */
export function pages(): string[] {
  const guides = readdirSync(new URL('../../docs', import.meta.url)).filter((name) => name.endsWith('.md'))
  return ['README.md', ...guides.map((name) => `docs/${name}`)]
}

/** The fenced code blocks of a page. */
export function programsOf(page: string): Program[] {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: code = '', index }) => ({
    name: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }))
}
