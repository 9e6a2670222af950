import { paths } from '../description.ts'
import { metadataOfJson } from '../metadata.ts'
import { tealImage, violetImage } from './example-images.ts'
import type { Seed, SeedTrigger } from './seed.ts'

const organizations = '/organizations/{organization_id}'
const channelList = paths[`${organizations}/channels`].get.responses['200'].content['application/json'].examples
const channelExample =
  paths[`${organizations}/channels/{channel_id}/unarchive`].post.responses['200'].content['application/json'].examples
const bucketList = paths[`${organizations}/buckets`].get.responses['200'].content['application/json'].examples
const bucketExample =
  paths[`${organizations}/buckets/{bucket_id}/unarchive`].post.responses['200'].content['application/json'].examples
const datasourceList =
  paths[`${organizations}/channels/{channel_id}/datasources`].get.responses['200'].content['application/json'].examples
const fileList = paths['/channels/{channel_id}'].get.responses['200'].content['application/json'].examples
const fileExample = paths['/channels/{channel_id}/{file_id}'].get.responses['200'].content['application/json'].examples
const bucketFileList =
  paths[`${organizations}/buckets/{bucket_id}/files`].get.responses['200'].content['application/json'].examples
const triggers = paths[`${organizations}/deployments/{deployment_id}/triggers`]
const triggerList = triggers.get.responses['200'].content['application/json'].examples
const triggerRequests = triggers.post.requestBody.content['application/json'].examples
const runList =
  paths[`${organizations}/deployments/{deployment_id}/triggers/{trigger_id}/runs`].get.responses['200'].content[
    'application/json'
  ].examples

/** The examples of the description as things that are stored, so that the ids in the documents work. */
export function exampleSeed(): Seed {
  const { organization_id, organization_name, created_at, updated_at } = channelList.documented.value
  return {
    organizations: [{ organization_id, organization_name, created_at, updated_at }],
    channels: channels(),
    datasources: datasourceList.documented.value.datasources,
    buckets: buckets(),
    triggers: triggerSeeds(),
  }
}

function channels(): NonNullable<Seed['channels']> {
  const [listed] = channelList.documented.value.channels
  const { channel } = channelExample.documented.value
  const output = triggerRequests.output.value
  const files = [...fileList.documented.value.files, fileExample.documented.value]
  const images = [tealImage, violetImage]
  return [
    {
      ...storage(listed),
      channel_id: listed?.channel_id ?? '',
      datasources: datasourceList.documented.value.datasources.map(({ datasource_id }) => datasource_id),
      files: files.map(({ file_id, content_type, metadata, uploaded_at }, index) => ({
        file_id,
        content_type,
        metadata: metadataOfJson(metadata),
        uploaded_at,
        base64: images[index] ?? '',
      })),
    },
    { ...storage(channel), channel_id: channel.channel_id },
    {
      channel_id: output.input_service_id,
      name: 'input of the trigger',
      files: runFiles().map((file_id) => ({ file_id, content_type: 'text/plain', text: 'the input of a run\n' })),
    },
    { channel_id: output.output_service_id, name: 'output of the trigger' },
  ]
}

function buckets(): NonNullable<Seed['buckets']> {
  const [listed] = bucketList.documented.value.buckets
  const { bucket } = bucketExample.documented.value
  const [file] = bucketFileList.documented.value.files
  const common = { ...(file?.metadata && { metadata: metadataOfJson(file.metadata) }), content_type: 'image/jpeg' }
  // Of the file itself nothing is documented but its size: four bytes.
  const content = { text: 'test', content_type: 'text/plain', uploaded_at: file?.uploaded_at ?? '' }
  return [
    {
      ...(listed && known(listed)),
      bucket_id: listed?.bucket_id ?? '',
      files: [
        { ...common, ...content, location: (bucketFileList.documented.value.last_file_id ?? '').slice(1) },
        { ...common, ...content, location: (file?.file_id ?? '').slice(1) },
      ],
    },
    known(bucket),
  ]
}

function triggerSeeds(): SeedTrigger[] {
  return triggerList.documented.value.entries.map(({ input_service_name: _, modified_at: __, ...trigger }) => ({
    ...trigger,
    runs: runList.documented.value.entries
      .filter(({ trigger_id }) => trigger_id === trigger.trigger_id)
      .map(({ run_id, created_at, input_data }) => ({ run_id, created_at, file_id: fileOfRun(input_data) })),
  }))
}

function runFiles(): string[] {
  return runList.documented.value.entries.map(({ input_data }) => fileOfRun(input_data))
}

/** `<channel id>/<file id>` is what a run is given. */
function fileOfRun(input: Readonly<Record<string, string>>): string {
  return Object.values(input)[0]?.split('/')[1] ?? ''
}

/** What a seed knows of a resource: the rest follows from it. */
function known<Example extends { display_name: string; security_method?: string }>(example: Example) {
  const { display_name: _, security_method: __, ...rest } = example
  return rest
}

function storage<Example extends { display_name: string; security_method?: string; storage_type: string }>(
  example: Example | undefined,
) {
  if (example === undefined) return {}
  const { storage_type, ...rest } = known(example)
  return { ...rest, storage_type: storage_type === 'file' ? ('file' as const) : ('datalake' as const) }
}
