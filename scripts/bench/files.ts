import { cpus } from 'node:os'
import { join } from 'node:path'
import { withBuilt } from './built.ts'
import type { FileFigures } from './measure-files.ts'
import { measured } from './measured.ts'

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
  const figures: FileFigures[] = []
  for (let row = await measureRow(program, 0); row !== null; row = await measureRow(program, figures.length)) {
    figures.push(row)
  }
  return figures
}

/** Each row in a process of its own: what one leaves behind must not slow down the next. */
function measureRow(program: string, row: number): Promise<FileFigures | null> {
  return measured(program, process.argv[3] ?? '1024', String(row))
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
