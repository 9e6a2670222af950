import { rolldown } from 'rolldown'

/** The core as a page or a worker loads it: one script for each chunk, with nothing left to resolve. */
export async function coreBundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const build = await rolldown({ input: { entry }, platform: 'browser', resolve: { conditionNames: ['import'] } })
  const { output } = await build.generate({ format: 'es', minify: true })
  await build.close()
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code] as const] : [])))
}
