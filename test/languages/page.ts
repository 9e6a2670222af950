import { readFileSync } from 'node:fs'

const PAGE = new URL('../../docs/other-languages.md', import.meta.url)

/** What docs/other-languages.md tells a reader to type. */
export interface Page {
  /** The commands, each as its words: the npm packages, their command, the arguments. */
  readonly commands: readonly GeneratorCommand[]
  /** The programs, by the name that stands behind their language. */
  readonly programs: ReadonlyMap<string, string>
}

export interface GeneratorCommand {
  /** Name and version of each. */
  readonly packages: readonly string[]
  readonly command: string
  readonly args: readonly string[]
}

export function readPage(): Page {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)]
  return {
    commands: blocks.filter(([, language]) => language === 'sh').map(([, , , text = '']) => commandOf(text)),
    programs: new Map(blocks.flatMap(([, , name, code = '']) => (name === undefined ? [] : [[name, code]]))),
  }
}

function commandOf(text: string): GeneratorCommand {
  const [, packages, command, args] = /^npx --yes ((?:--package \S+ )+)(\S+) (.*)\n$/.exec(text) ?? []
  if (packages === undefined || command === undefined || args === undefined) {
    throw new Error(`the page has a command of another form: ${text}`)
  }
  return { packages: packages.match(/(?<=--package )\S+/g) ?? [], command, args: args.split(' ') }
}
