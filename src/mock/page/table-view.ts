import { type Html, html } from './html.ts'
import { linkTo, type ViewQuery } from './view-query.ts'

/** So many rows are on a page. */
const pageSize = 50

export interface Column<Row> {
  readonly title: string
  /** The name of the column in `sort`, where it can be sorted by. */
  readonly sort?: string
  /** Left out where there is little room. */
  readonly isWide?: boolean
  cell(row: Row): Html | string | number | undefined | false
}

/** One page of rows. */
export interface RowPage<Row> {
  readonly rows: readonly Row[]
  /** How many there are on all pages. */
  readonly total: number
}

/** Takes one page of rows. The rest is only counted, and not even that where the total is known. */
export function pageOf<Row>(rows: Iterable<Row>, page: number, total?: number): RowPage<Row> {
  const begin = (page - 1) * pageSize
  const shown: Row[] = []
  let count = 0
  for (const row of rows) {
    if (count >= begin && shown.length < pageSize) shown.push(row)
    count += 1
    if (total !== undefined && shown.length === pageSize) break
  }
  return { rows: shown, total: total ?? count }
}

export function* filtered<Row>(rows: Iterable<Row>, isFound: (row: Row) => boolean): Generator<Row> {
  for (const row of rows) if (isFound(row)) yield row
}

/** A table with its pager. `attributesOf` says what a row is for the script of the page. */
export function tableView<Row>(
  label: string,
  columns: readonly Column<Row>[],
  { rows, total }: RowPage<Row>,
  view: ViewQuery,
  attributesOf: (row: Row) => Html | undefined = () => undefined,
): Html {
  if (total === 0) return html`<p class="empty">${view.search === '' ? 'Nothing here yet.' : 'Nothing is found.'}</p>`
  return html`<table aria-label="${label}">
    <thead><tr>${columns.map((column) => headingOf(column, view))}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr ${attributesOf(row)}>${columns.map((column) => html`<td${wide(column)}>${column.cell(row)}</td>`)}</tr>`,
    )}</tbody>
  </table>
  ${pager(total, view)}`
}

function headingOf<Row>(column: Column<Row>, view: ViewQuery): Html {
  const { title, sort } = column
  if (sort === undefined) return html`<th scope="col"${wide(column)}>${title}</th>`
  const direction = view.sort === sort ? 'ascending' : view.sort === `-${sort}` ? 'descending' : 'none'
  const next = view.sort === sort ? `-${sort}` : sort
  const arrow = { ascending: ' ↑', descending: ' ↓', none: '' }[direction]
  return html`<th scope="col" aria-sort="${direction}"${wide(column)}>
    <a id="sort-${sort}" data-nav href="${linkTo(view, { sort: next })}">${title}${arrow}</a></th>`
}

function wide<Row>({ isWide }: Column<Row>): Html | false {
  return isWide === true && html` class="wide"`
}

function pager(total: number, view: ViewQuery): Html | false {
  const pages = Math.ceil(total / pageSize)
  if (pages <= 1) return false
  const page = Math.min(view.page, pages)
  const link = (to: number, text: string) =>
    to >= 1 && to <= pages
      ? html`<a id="page-${text}" data-nav href="${linkTo(view, { page: to })}">${text}</a>`
      : html`<span class="facts">${text}</span>`
  return html`<nav class="pager" aria-label="Pages">
    ${link(page - 1, 'Previous')} <span>Page ${page} of ${pages}</span> ${link(page + 1, 'Next')}
  </nav>`
}
