import { writeFile } from 'node:fs/promises'
import { type OperationId, operations } from '../../../generated/operations.ts'
import { Contract } from '../../contract/contract.ts'
import { AbejaClient, type ClientOptions, InvalidRequestError } from '../../index.ts'
import { type KeysOf, knownKeys } from '../../validation/known-keys.ts'
import { onDisk } from '../disk/local-file-error.ts'
import { CheckRun } from './check-run.ts'
import { checkBucket, checkChannel, checkExisting, checkTriggers } from './check-steps.ts'
import { Recorder } from './recorder.ts'
import { redactRecording } from './redact-recording.ts'
import { distinctDifferences, locationText, type PlatformReport } from './report.ts'

/** The options of `checkPlatform`. Credential, organization and URL are those of a client. */
export interface CheckPlatformOptions
  extends Pick<
    ClientOptions,
    'allowInsecureHttp' | 'baseUrl' | 'credential' | 'debug' | 'fetch' | 'onEvent' | 'organizationId'
  > {
  /**
   * Whether nothing may be created or changed. The operations that read are then tried with what exists.
   * @default false
   */
  readonly readOnly?: boolean | undefined
  /** A deployment whose triggers are read. */
  readonly deploymentId?: string | undefined
  /** A version of that deployment's model: creates a trigger on the scratch channel, and deletes it before any file arrives. */
  readonly modelVersionId?: string | undefined
  /** A datasource to connect to the scratch channel. */
  readonly datasourceId?: string | undefined
  /** A file to write a recording to: requests and responses without secrets, contents and names, each id replaced. */
  readonly record?: string | undefined
  /** Stops the check. Containers that were made are archived even then. */
  readonly signal?: AbortSignal | undefined
}

const OPTIONS: KeysOf<CheckPlatformOptions> = {
  allowInsecureHttp: true,
  baseUrl: true,
  credential: true,
  datasourceId: true,
  debug: true,
  deploymentId: true,
  fetch: true,
  modelVersionId: true,
  onEvent: true,
  organizationId: true,
  readOnly: true,
  record: true,
  signal: true,
}

/**
 * Compares the platform with the description: calls every operation that the credential may use and validates every response.
 * Unless `readOnly` is set, it makes a channel and a bucket with a few small files and archives both at the end; the API
 * cannot delete them.
 *
 * @returns what agrees, what differs and what could not be tried
 * @throws the reason of `signal` when it aborts
 * @throws LocalFileError when the recording cannot be written
 * @example
 * const { differs } = await checkPlatform({ readOnly: true, record: 'recording.json' })
 */
export async function checkPlatform(options: CheckPlatformOptions = {}): Promise<PlatformReport> {
  const {
    readOnly = false,
    record,
    signal,
    deploymentId,
    modelVersionId,
    datasourceId,
    ...connection
  } = knownKeys(options, OPTIONS, 'option', InvalidRequestError)
  const startedAt = new Date().toISOString()
  if (record !== undefined) await onDisk('written', record, writeFile(record, ''))
  const { baseUrl } = new AbejaClient(connection)
  const contract = await Contract.load()
  const recorder = new Recorder(contract, baseUrl, connection.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  const client = (more: ClientOptions = {}) => new AbejaClient({ ...connection, fetch: recorder.fetch, ...more })
  const run = new CheckRun(client(), client({ credential: null }), recorder, signal)
  try {
    await checkExisting(run)
    if (!readOnly) await checkChannel(run, { datasourceId, deploymentId, modelVersionId })
    if (!readOnly) await checkBucket(run)
    if (deploymentId !== undefined) await checkTriggers(run, deploymentId)
  } finally {
    if (record !== undefined) {
      const text = JSON.stringify(redactRecording(recorder.exchanges), undefined, 1)
      await onDisk('written', record, writeFile(record, text))
    }
  }
  return reportOf(run, recorder, { baseUrl, readOnly, startedAt })
}

function reportOf(
  run: CheckRun,
  { exchanges }: Recorder,
  common: Pick<PlatformReport, 'baseUrl' | 'readOnly' | 'startedAt'>,
): PlatformReport {
  const { behaviors, leftBehind, failures } = run
  const differs = distinctDifferences([
    ...exchanges.flatMap(({ differences }) =>
      differences.map(({ location, ...rest }) => ({ ...rest, location: locationText(location) })),
    ),
    ...run.differences,
    ...behaviors.flatMap(({ operationId, name, expected, observed }) =>
      observed === expected
        ? []
        : [
            {
              operationId,
              kind: 'behavior' as const,
              location: name,
              message: `expected ${expected}, observed ${observed}`,
            },
          ],
    ),
  ])
  const ids = Object.values(operations).map(({ id }) => id)
  const differing = new Set(differs.map(({ operationId }) => operationId))
  const succeeded = (id: OperationId) =>
    exchanges.filter(({ operationId, status }) => operationId === id && status >= 200 && status < 300).length
  return {
    ...{ version: 1, ...common, responses: exchanges.length },
    agrees: ids
      .map((operationId) => ({ operationId, responses: succeeded(operationId) }))
      .filter(({ operationId, responses }) => responses > 0 && !differing.has(operationId)),
    ...{ differs, behaviors, leftBehind },
    notTried: ids
      .filter((id) => succeeded(id) === 0 && !differing.has(id))
      .map((operationId) => ({ operationId, reason: failures.get(operationId) ?? reasonFor(operationId, common) })),
  }
}

function reasonFor(id: OperationId, { readOnly }: Pick<PlatformReport, 'readOnly'>): string {
  if (/Trigger/.test(id))
    return id === 'createTrigger' || id === 'deleteTrigger'
      ? 'needs modelVersionId and deploymentId'
      : 'needs deploymentId'
  if (/^(put|delete)ChannelDatasource$/.test(id) && !readOnly) return 'needs datasourceId'
  return readOnly ? 'would change something, or nothing to read exists' : 'what it needs could not be created'
}
