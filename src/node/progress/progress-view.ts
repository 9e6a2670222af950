import cliProgress from 'cli-progress'
import type { OnTransferEvent, TransferEvent } from '../engine/transfer-options.ts'
import { formatBytes } from './format-bytes.ts'
import { plainText } from './plain-text.ts'
import { TransferTally } from './transfer-tally.ts'

/** Where progress is shown: `process.stderr`, or any other stream. */
export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  /** The width of the terminal. */
  readonly columns?: number
}

/** What shows a transfer to a person. */
export interface ProgressView {
  /** To be given as the option `onEvent`. */
  readonly onEvent: OnTransferEvent
  /** To be called when the transfer has ended: until then a terminal's bar keeps the process alive. */
  finish(): void
}

/**
 * Shows a transfer: on a terminal as a bar, with a line for each failure; elsewhere, as in a log, as one line a file.
 *
 * @param stream where it is shown
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
      // Lines that were logged since the last drawing come out only with another.
      bars.update()
      bars.stop()
    },
  }
}

/** What a bar shows beside the count. */
interface Shown {
  readonly bytes: string
  readonly rate: string
  readonly note: string
}

const WIDEST_BAR = 40

/** As much as fits into a line of the terminal: failures matter more than the rate. */
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

/** A terminal that does not know its width says 0. */
function columnsOf({ columns = 0 }: ProgressStream): number {
  return columns > 0 ? columns : 80
}

/** Shows nothing but failures, one line each. */
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
