// The mock server: `import { startMock } from 'abeja-platform-client/mock'`. It needs Prism, an optional peer.

export type { ResponseViolation } from './mock/api/api.ts'
export type { MockCredential } from './mock/api/principal.ts'
export type { Violation } from './mock/api/violation.ts'
export type { Clock } from './mock/clock.ts'
export type { Har } from './mock/control/har.ts'
export type { MockOptions } from './mock/options.ts'
export type { RunTimes } from './mock/runs.ts'
export type {
  Seed,
  SeedBucket,
  SeedBucketFile,
  SeedChannel,
  SeedChannelFile,
  SeedFile,
  SeedRun,
  SeedTrigger,
} from './mock/seed/seed.ts'
export type { TlsCertificate } from './mock/server/certificate.ts'
export type { LoggedMessage } from './mock/server/exchange.ts'
export type { LoggedRequest } from './mock/server/request-log.ts'
export {
  type ClosableWorkspace,
  createMock,
  type InProcessMock,
  type Mock,
  type MockSnapshot,
  type MockWorkspace,
  startMock,
} from './mock/start-mock.ts'
export type { Organization } from './mock/store/rows.ts'
export type { FaultMatch, FaultOperation, FaultScript } from './mock/workspace/fault-script.ts'
export type { FaultScripts, PlannedFault } from './mock/workspace/fault-scripts.ts'
export type { MockClock } from './mock/workspace/mock-clock.ts'
