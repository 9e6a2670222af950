import type { FailedRecord, FileRecord, SkippedRecord, TransferredFiles, UnfinishedRecord } from './report.ts'

interface Records {
  succeeded: FileRecord
  failed: FailedRecord
  skipped: SkippedRecord
  cancelled: UnfinishedRecord
}

type Outcome = keyof Records

type Column<Kind extends Outcome> = { readonly indexes: number[]; readonly records: Records[Kind][] }

/** Collects the records of files as they end, and sorts them in the order in which the files were found. */
export class ReportBuilder {
  readonly #columns: { readonly [Kind in Outcome]: Column<Kind> } = {
    succeeded: { indexes: [], records: [] },
    failed: { indexes: [], records: [] },
    skipped: { indexes: [], records: [] },
    cancelled: { indexes: [], records: [] },
  }

  add<Kind extends Outcome>(kind: Kind, index: number, record: Records[Kind]): void {
    const { indexes, records } = this.#columns[kind]
    // Files end nearly in the order in which they started, so the search from the end is short.
    let place = indexes.length
    while (place > 0 && (indexes[place - 1] ?? 0) > index) place -= 1
    if (place === indexes.length) {
      indexes.push(index)
      records.push(record)
      return
    }
    indexes.splice(place, 0, index)
    records.splice(place, 0, record)
  }

  build(complete: boolean): TransferredFiles {
    const { succeeded, failed, skipped, cancelled } = this.#columns
    return {
      succeeded: succeeded.records,
      failed: failed.records,
      skipped: skipped.records,
      cancelled: cancelled.records,
      complete,
    }
  }
}
