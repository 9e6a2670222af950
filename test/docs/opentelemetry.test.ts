import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { filesOf } from '../helpers/guide-files.ts'
import { runProgram } from '../helpers/run-program.ts'
import { typeErrors } from '../helpers/type-check.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const files = filesOf('docs/opentelemetry.md')
let mock: Mock
let directory: string

beforeAll(async () => {
  mock = await startMock({ port: 0, quiet: true })
  // Below the repository, so that the packages of OpenTelemetry are found.
  await mkdir(join(ROOT, 'node_modules/.cache'), { recursive: true })
  directory = await mkdtemp(join(ROOT, 'node_modules/.cache/telemetry-'))
  for (const { path, code } of files) await writeFile(join(directory, path), code)
})

afterAll(async () => {
  await mock.stop()
  await rm(directory, { recursive: true })
})

const run = (code: string) =>
  runProgram(code, directory, {
    ABEJA_API_URL: mock.url,
    ABEJA_ORGANIZATION_ID: '1234567890123',
    PLATFORM_AUTH_TOKEN: 'any',
  })

test('the files of the guide pass the type checker', () => {
  expect(files.map(({ path }) => path)).toEqual(['abeja-telemetry.ts', 'main.ts'])
  expect(
    typeErrors(files.map(({ path, code }) => ({ name: path.replace(/\.ts$/, ''), language: 'ts', code }))),
  ).toEqual([])
})

test('the program of the guide prints a span for the call and one for its attempt', async () => {
  const main = files.find(({ path }) => path === 'main.ts')?.code ?? ''
  const { code, output } = await run(main)
  expect(code, output).toBe(0)
  expect([...output.matchAll(/name: '([^']+)'/g)].map(([, name]) => name)).toEqual(
    expect.arrayContaining(['GET', 'abeja getChannel', 'nightly report']),
  )
})

const UNSET = 0
const ERROR = 2

interface Telemetry {
  readonly spans: readonly {
    readonly id: string
    readonly parent: string | undefined
    readonly name: string
    readonly attributes: Readonly<Record<string, unknown>>
    readonly status: number
    readonly events: readonly string[]
  }[]
  readonly metric: readonly string[]
  readonly points: readonly (readonly [number, number])[]
}

function essentials(attributes: Telemetry['spans'][number]['attributes']): unknown[] {
  return ['http.response.status_code', 'http.request.resend_count', 'error.type'].map((name) => attributes[name])
}

/** Prints the spans and the metric of a call that succeeds at once, of one that is retried, and of one that fails. */
const PROGRAM = `
import { metrics, trace } from '@opentelemetry/api'
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { AbejaClient } from 'abeja-platform-client'
import { telemetryListener } from './abeja-telemetry.ts'

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
provider.register()
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metricExporter })] })
metrics.setGlobalMeterProvider(meters)

const abeja = new AbejaClient({ onEvent: telemetryListener(), credential: { authToken: 'secret-token' } })
let requests = 0
const flaky = new AbejaClient({
  onEvent: telemetryListener(),
  credential: { authToken: 'secret-token' },
  fetch: (input, init) => (requests++ === 0 ? Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '0' } })) : fetch(input, init)),
})
await trace.getTracer('test').startActiveSpan('job', async (span) => {
  await Promise.all([abeja.channels.get('1230000000000'), flaky.buckets.list().toArray({ limit: 1 })])
  await abeja.channels.get('4040404040404').catch(() => {})
  span.end()
})
await meters.forceFlush()
const spans = exporter.getFinishedSpans().map((span) => ({
  id: span.spanContext().spanId,
  parent: span.parentSpanContext?.spanId,
  name: span.name,
  attributes: span.attributes,
  status: span.status.code,
  events: span.events.map(({ name }) => name),
}))
const [{ scopeMetrics: [{ metrics: [histogram] }] }] = metricExporter.getMetrics()
const points = histogram.dataPoints.map(({ attributes, value }) => [attributes['http.response.status_code'], value.count])
console.log(JSON.stringify({ spans, metric: [histogram.descriptor.name, histogram.descriptor.unit], points }))
`

test('calls and attempts become spans with their status, below the active span, and attempts become durations', async () => {
  const { code, output } = await run(PROGRAM)
  expect(code, output).toBe(0)
  expect(output).not.toContain('secret-token')
  const { spans, metric, points }: Telemetry = JSON.parse(output)
  const job = spans.find(({ name }) => name === 'job')
  const summary = spans
    .filter(({ parent }) => parent === job?.id)
    .map((call) => {
      const attempts = spans.filter(({ parent }) => parent === call.id)
      return [
        call.name,
        call.status,
        call.events,
        attempts.map(({ attributes, status }) => [...essentials(attributes), status]),
      ]
    })
  expect(summary).toEqual(
    expect.arrayContaining([
      ['abeja getChannel', UNSET, [], [[200, undefined, undefined, UNSET]]],
      ['abeja getChannel', ERROR, [], [[404, undefined, 'NotFoundError', ERROR]]],
      [
        'abeja listBuckets',
        UNSET,
        ['retry'],
        [
          [503, undefined, 'InternalServerError', ERROR],
          [200, 1, undefined, UNSET],
        ],
      ],
    ]),
  )
  expect(summary).toHaveLength(3)
  expect(metric).toEqual(['http.client.request.duration', 's'])
  expect(points.toSorted()).toEqual([
    [200, 2],
    [404, 1],
    [503, 1],
  ])
})
