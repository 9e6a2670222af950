import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execute } from './execute.ts'
import { installGenerators } from './generators.ts'
import { readPage } from './page.ts'

const DESCRIPTION = new URL('../../generated/openapi.yaml', import.meta.url)

/** The folder of a reader of docs/other-languages.md, with the description in it. */
export class Workspace {
  readonly folder: string
  readonly #generators: string
  readonly #page = readPage()

  private constructor(folder: string, generators: string) {
    this.folder = folder
    this.#generators = generators
  }

  static async open(): Promise<Workspace> {
    const generators = await installGenerators()
    const folder = await mkdtemp(join(tmpdir(), 'abeja-languages-'))
    await copyFile(DESCRIPTION, join(folder, 'openapi.yaml'))
    // Generated code can import a runtime of its generator.
    await symlink(join(generators, 'node_modules'), join(folder, 'node_modules'))
    return new Workspace(folder, generators)
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Runs the page's command that writes to `output`, with the generators of the lock file in place of npx. */
  async generate(output: string): Promise<void> {
    const command = this.#page.commands.find(({ args }) => outputOf(args) === output)
    if (command === undefined) throw new Error(`the page has no command that writes to ${output}`)
    await this.run([join(this.#generators, 'node_modules/.bin', command.command), ...command.args])
  }

  /** openapi-generator itself. It holds libraries that its Java clients use. */
  get jar(): string {
    return join(this.#generators, 'node_modules/@openapitools/openapi-generator-cli/bin/openapi-generator.jar')
  }

  /** Writes a program of the page to a folder of the workspace. */
  async place(program: string, folder = '.'): Promise<void> {
    const code = this.#page.programs.get(program)
    if (code === undefined) throw new Error(`the page has no program ${program}`)
    await this.write(join(folder, program), code)
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }

  /** Runs a command in a folder of the workspace. */
  run(command: readonly string[], env: Readonly<Record<string, string>> = {}, folder = '.'): Promise<string> {
    return execute(command, { cwd: join(this.folder, folder), env })
  }
}

function outputOf(args: readonly string[]): string {
  const flag = args.findIndex((argument) => argument === '-o' || argument === '--output')
  return (flag === -1 ? args.at(-1) : args[flag + 1]) ?? ''
}
