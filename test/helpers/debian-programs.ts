import { existsSync } from 'node:fs'

/**
 * Returns why tests that need a program of Debian cannot run; undefined when they can. In CI they must.
 * @param name of the program, and of its package
 */
export function missing(name: string): string | undefined {
  if (existsSync(`/usr/bin/${name}`) || process.env.CI) return undefined
  return `there is no /usr/bin/${name}: apt-get install ${name} to run them`
}
