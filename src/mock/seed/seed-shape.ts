import { lifetimes } from '../lifetimes.ts'
import { faultShape } from '../workspace/fault-script.ts'
import {
  base64,
  contentType,
  count,
  flag,
  id,
  location,
  metadata,
  oneContent,
  oneOf,
  text,
  textOrNull,
  texts,
  time,
  word,
} from './checks.ts'
import type { Shape } from './shape.ts'

const fileProperties = {
  content_type: contentType,
  metadata,
  lifetime: oneOf(lifetimes),
  uploaded_at: time,
  text,
  base64,
  path: text,
} as const

const resourceProperties = {
  organization_id: id,
  name: text,
  description: text,
  archived: flag,
  created_at: time,
  updated_at: time,
} as const

/** The shape of a seed. */
export const seedShape: Shape = {
  optional: {
    organizations: {
      each: {
        required: {
          organization_id: id,
          organization_name: text,
          created_at: time,
          updated_at: time,
        },
        optional: {},
      },
    },
    channels: {
      each: {
        required: { channel_id: id },
        optional: {
          ...resourceProperties,
          storage_type: oneOf(['datalake', 'file']),
          datasources: { each: id },
          files: { each: { optional: { ...fileProperties, file_id: id }, together: oneContent } },
        },
      },
    },
    datasources: {
      each: {
        required: { datasource_id: id },
        optional: { organization_id: id, display_name: text, secret: text, created_at: time, updated_at: time },
      },
    },
    buckets: {
      each: {
        required: { bucket_id: id },
        optional: {
          ...resourceProperties,
          files: { each: { required: { location }, optional: fileProperties, together: oneContent } },
        },
      },
    },
    triggers: {
      each: {
        required: { trigger_id: id, deployment_id: id, input_service_id: id },
        optional: {
          organization_id: id,
          model_version: text,
          model_version_id: text,
          models: texts,
          input_service_name: oneOf(['datalake', 'datamart-rdb']),
          output_service_name: textOrNull,
          output_service_id: textOrNull,
          retry_count: count,
          user_env_vars: texts,
          created_at: time,
          runs: {
            each: { required: { file_id: id }, optional: { run_id: id, created_at: time, status: word } },
          },
        },
      },
    },
    faults: { each: faultShape },
  },
}
