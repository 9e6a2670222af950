/**
 * The allowed size of a program over openapi-fetch itself, minified and gzipped, by what it imports. Raise one only
 * deliberately: docs/performance.md lists the sizes.
 */
export const BUDGETS_BYTES = {
  'everything of the core': { program: `export * from 'abeja-platform-client'`, budget: 21_500 },
  'one client': { program: `export { AbejaClient } from 'abeja-platform-client'`, budget: 21_250 },
  'channels with their files': { program: `export { Channels } from 'abeja-platform-client'`, budget: 16_500 },
  'the files of channels': { program: `export { ChannelFiles } from 'abeja-platform-client'`, budget: 16_000 },
  'the files of buckets': { program: `export { BucketFiles } from 'abeja-platform-client'`, budget: 15_750 },
  'the datasources of channels': {
    program: `export { ChannelDatasources } from 'abeja-platform-client'`,
    budget: 9_900,
  },
  'triggers and their runs': { program: `export { Triggers } from 'abeja-platform-client'`, budget: 9_900 },
} as const
