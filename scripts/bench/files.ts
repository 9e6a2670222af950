import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { withBuilt } from './built.ts'
import type { FileFigures } from './measure-files.ts'

/**
 * Folders and a large file, up and down: through the client and through a plain loop of bare fetch at the same
 * concurrency, against a server in another process, one after the other in each round.
 */
export async function benchFiles(): Promise<void> {
  const entries = { 'measure-files': 'scripts/bench/measure-files.ts', 'file-server': 'scripts/bench/file-server.ts' }
  const figures = await withBuilt(entries, (folder) => measure(join(folder, 'measure-files.mjs')))
  process.stdout.write(report(figures))
}

async function measure(program: string): Promise<FileFigures[]> {
  const child = spawn(process.execPath, [program, process.argv[3] ?? '1024'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the measurement ended with ${code}`)
  return JSON.parse(output)
}

function report(figures: readonly FileFigures[]): string {
  const [cpu] = cpus()
  const lines = [
    `Node ${process.version}, ${cpus().length} x ${cpu?.model.trim()}; 5 rounds; medians; 16 files at once`,
    '',
    '| files | bare fetch | client | client / fetch |',
    '|---|---|---|---|',
    ...figures.map(
      ({ name, fetchMs, clientMs, ratio }) =>
        `| ${name} | ${fetchMs.toFixed(0)} ms | ${clientMs.toFixed(0)} ms | ${ratio.toFixed(2)}× |`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
