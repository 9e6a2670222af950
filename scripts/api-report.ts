// Writes what the package's entries declare into api/: a change of the public surface shows as a change of these files,
// and CI fails until that is reviewed and committed. Build first.
//
//   npm run api-report             writes the files
//   npm run api-report -- --check  writes nothing, names the entries that differ and exits with 1

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from '@microsoft/api-extractor'

const root = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')
const scratch = await mkdtemp(join(tmpdir(), 'api-report-'))

const differing = ['index', 'mock', 'node'].filter((entry) => report(entry))
await rm(scratch, { recursive: true })
if (check && differing.length > 0) {
  console.error(`The public surface changed: ${differing.join(', ')}. Run "npm run api-report" and review the change.`)
  process.exitCode = 1
}

/** Whether the report of an entry differs from the one that is committed. */
function report(entry: string): boolean {
  const quiet = { default: { logLevel: ExtractorLogLevel.None } }
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, 'dist', `${entry}.d.mts`),
      compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFileName: `${entry}.api.md`,
        reportFolder: join(root, 'api'),
        reportTempFolder: scratch,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: quiet,
        extractorMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
  })
  const messageCallback = (message: ExtractorMessage) => {
    message.handled = true
  }
  return Extractor.invoke(config, { localBuild: !check, messageCallback }).apiReportChanged
}
