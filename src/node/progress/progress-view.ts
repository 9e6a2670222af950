import cliProgress from 'cli-progress'
import type { OnTransferEvent, TransferEvent } from '../engine/transfer-options.ts'
import { formatBytes } from './format-bytes.ts'
import { plainText } from './plain-text.ts'
import { TransferTally } from './transfer-tally.ts'

/** The stream that progress is written to, such as `process.stderr`. */
export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  /** The width of the terminal. */
  readonly columns?: number
}

/** Shows the progress of a transfer. */
export interface ProgressView {
  /** The value of the option `onEvent`. */
  readonly onEvent: OnTransferEvent
  /** Must be called when the transfer has ended: until then, the bar of a terminal keeps the process alive. */
  finish(): void
}

/**
 * Shows the progress of a transfer: on a terminal as a bar with a line for each failure, elsewhere as one line for each file.
 *
 * @param stream where it is written
 * @example
 * const view = progressView()
 * await uploadDirectory(target, './photos', { onEvent: view.onEvent }).finally(view.finish)
 */
export function progressView(stream: ProgressStream = process.stderr): ProgressView {
  return stream.isTTY ? barView(stream) : lineView(stream)
}

function barView(stream: ProgressStream): ProgressView {
  const bars = new cliProgress.MultiBar(
    // Without its own line wrapping, cli-progress cuts the failures that are logged, too.
    {
      format: (_, { value, total }, shown: Shown) => barLine(value, total, shown, columnsOf(stream)),
      stream,
      linewrap: true,
      hideCursor: true,
      clearOnComplete: false,
    },
    cliProgress.Presets.shades_classic,
  )
  const tally = new TransferTally()
  const shown = (): Shown => ({ bytes: formatBytes(tally.bytes), rate: formatBytes(tally.rate), note: tally.note })
  const bar = bars.create(0, 0, shown())
  return {
    onEvent: (event) => {
      tally.add(event)
      if (event.type === 'failed') bars.log(`${lineOf(event)}\n`)
      bar.setTotal(tally.found)
      bar.update(tally.ended, shown())
    },
    finish: () => {
      bar.update(tally.ended, shown())
      // Lines that were logged since the last update are written by the next one only.
      bars.update()
      bars.stop()
    },
  }
}

/** The values that a bar shows beside the count. */
interface Shown {
  readonly bytes: string
  readonly rate: string
  readonly note: string
}

const WIDEST_BAR = 40

/** Returns what fits into a line of the terminal. Failures are kept before the rate. */
function barLine(value: number, total: number, { bytes, rate, note }: Shown, columns: number): string {
  const count = `${value}/${total} files`
  const texts = [
    [count, bytes, `${rate}/s`, note],
    [count, bytes, note],
    [count, note],
    [`${value}/${total}`, note],
  ].map((parts) => parts.filter((part) => part !== '').join('  '))
  const text = texts.find(({ length }) => length < columns) ?? count
  const width = Math.min(WIDEST_BAR, columns - text.length - 2)
  if (width < 5) return text.slice(0, columns - 1)
  const done = total === 0 ? 0 : Math.round((width * value) / total)
  return `${'█'.repeat(done)}${'░'.repeat(width - done)} ${text}`
}

/** Returns the width of a terminal. One that does not know it reports 0. */
function columnsOf({ columns = 0 }: ProgressStream): number {
  return columns > 0 ? columns : 80
}

/** Shows only failures, one line for each. */
export function failureView(stream: ProgressStream = process.stderr): ProgressView {
  return lineView(stream, ({ type }) => type === 'failed')
}

function lineView(stream: ProgressStream, isShown: (event: TransferEvent) => boolean = () => true): ProgressView {
  return {
    onEvent: (event) => {
      const line = isShown(event) ? lineOf(event) : undefined
      if (line !== undefined) stream.write(`${line}\n`)
    },
    finish: () => {},
  }
}

function lineOf(event: TransferEvent): string | undefined {
  const text = textOf(event)
  return text && plainText(text)
}

function textOf(event: TransferEvent): string | undefined {
  switch (event.type) {
    case 'succeeded':
      return `done       ${event.path} (${formatBytes(event.record.bytes ?? 0)})`
    case 'failed':
      return `failed     ${event.path}: ${event.error.message}`
    case 'skipped':
      return `skipped    ${event.path} (${event.record.reason})`
    case 'cancelled':
      return `cancelled  ${event.path}`
    case 'throttled':
      return `slower     the server asks to wait ${event.pauseMs} ms; ${event.concurrency} files at once from then on`
    default:
      return undefined
  }
}
