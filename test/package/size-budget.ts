/**
 * The allowed size of a program over openapi-fetch itself, minified and gzipped, by what it imports. Raise one only
 * deliberately: docs/performance.md lists the sizes.
 */
export const BUDGETS_BYTES = {
  'everything of the core': { program: `export * from 'abeja-platform-client'`, budget: 28_400 },
  'one client': { program: `export { AbejaClient } from 'abeja-platform-client'`, budget: 28_100 },
  'channels with their files': { program: `export { Channels } from 'abeja-platform-client'`, budget: 24_450 },
  'the files of channels': { program: `export { ChannelFiles } from 'abeja-platform-client'`, budget: 23_700 },
  'the files of buckets': { program: `export { BucketFiles } from 'abeja-platform-client'`, budget: 23_600 },
  'the datasources of channels': {
    program: `export { ChannelDatasources } from 'abeja-platform-client'`,
    budget: 15_900,
  },
  'triggers and their runs': { program: `export { Triggers } from 'abeja-platform-client'`, budget: 17_000 },
} as const
